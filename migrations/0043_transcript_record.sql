-- What a transcript certified, for whoever has its code and knows its holder. Transcripts that certify the same share one row: its key is their digest.

create table transcript_record (
  digest text primary key,
  student_id integer not null references student (id),
  record text not null,
  constraint transcript_record_json check (json_valid(record))
) strict, without rowid;

create index transcript_record_student on transcript_record (student_id);

create trigger transcript_record_no_update before update on transcript_record
BEGIN
  select raise(abort, 'transcript_record_is_kept');
END;

create trigger transcript_record_no_delete before delete on transcript_record
BEGIN
  select raise(abort, 'transcript_record_is_kept');
END;

-- A letter is drawn anew whenever it is asked for; the digest of its file tells whether a file is that letter.
alter table letter add column file_sha256 text;

create index letter_file on letter (file_sha256);

drop trigger letter_is_fixed;
create trigger letter_is_fixed before update of id, request_id, facts, digest, issued_at, expires_at, file_sha256 on letter
BEGIN
  select raise(abort, 'letter_is_kept');
END;
