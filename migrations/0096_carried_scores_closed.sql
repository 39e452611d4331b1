-- A score that a transfer took along counts where it went, so the one that stayed behind is closed: what nobody looks at is not changed, and a
-- transfer back has nothing newer to overwrite. Where the student sits in its section again by another way it counts there, and is open; changed
-- there it is the one that counts from then on.

-- `carried_to` names the score that counts, however often its student has moved since.
with recursive way (id, at) as (
  select id, carried_to from score where carried_to is not null
  union
  select way.id, next.carried_to from way join score next on next.id = way.at where next.carried_to is not null
)
update score set carried_to = last.id
from way join score last on last.id = way.at and last.carried_to is null
where score.id = way.id and score.carried_to is not last.id;

create index score_carried_to on score (carried_to) where carried_to is not null;

create trigger score_carried_further after update of carried_to on score
when new.carried_to is not null
BEGIN
  update score set carried_to = new.carried_to where carried_to = new.id and id <> new.carried_to;
END;

-- Those that came back from a transfer as the originals of another seat are in the transfer's own hands: the new seat is there by then.
create trigger score_carried_is_closed before update of assessment_id, student_id, score, state, graded_by, deleted_at on score
when old.carried_to is not null and old.deleted_at is null and not exists (
  select 1 from assessment a join live_enrollment seat on seat.section_id = a.section_id
  where a.id = old.assessment_id and seat.student_id = old.student_id and seat.status in ('enrolled', 'completed')
)
BEGIN
  select raise(abort, 'score_is_carried');
END;

create trigger score_counts_again after update of score, state on score
when old.carried_to is not null and new.carried_to is not null and (new.score, new.state) is not (old.score, old.state)
BEGIN
  update score set carried_to = new.id, version = version + 1, updated_at = new.updated_at where id = old.carried_to;
  update score set carried_to = null where id = new.id;
END;

-- What a transfer would overwrite in a section, as it is and as it will be.
create view replaced_score as
  select there.id, there.student_id, coming.section_id, there.score as old_score, there.state as old_state, mark.score, mark.state, mark.id as carried_from,
    there.carried_to
  from transferable_score coming
  join score mark on mark.id = coming.id
  join live_score there on there.assessment_id = coming.target_id and there.student_id = coming.student_id
  where coming.reason is null;

-- Scores that came to a section with a student, and those that they were made of.
create view carried_score as
  select copy.id, copy.student_id, work.section_id, copy.score, copy.state, copy.carried_from, null as carried_to, copy.created_at, copy.updated_at
  from live_score copy join live_assessment work on work.id = copy.assessment_id
  where copy.carried_from is not null
  union all
  select mark.id, mark.student_id, work.section_id, mark.score, mark.state, null, mark.carried_to, mark.created_at, mark.updated_at
  from live_score mark join live_score copy on copy.id = mark.carried_to and copy.carried_from = mark.id
  join live_assessment work on work.id = copy.assessment_id;
