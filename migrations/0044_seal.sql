-- By which key of the ring the file of a document was signed: null for those from before files were signed.

alter table transcript_issue add column seal_kid text;

drop trigger transcript_issue_is_fixed;
create trigger transcript_issue_is_fixed
before update of student_id, language, digest, file_sha256, issued_at, expires_at, seal_kid on transcript_issue
BEGIN
  select raise(abort, 'transcript_issue_is_kept');
END;

alter table letter add column seal_kid text;

drop trigger letter_is_fixed;
create trigger letter_is_fixed
before update of id, request_id, facts, digest, issued_at, expires_at, file_sha256, seal_kid on letter
BEGIN
  select raise(abort, 'letter_is_kept');
END;
