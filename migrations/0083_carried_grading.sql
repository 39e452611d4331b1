-- A score that came with a student to another section was given when the one was that it was made of.
update score set graded_at = original.graded_at from score original where original.id = score.carried_from;

drop trigger score_was_graded;
create trigger score_was_graded after insert on score when new.graded_at = '' and new.carried_from is null
BEGIN
  update score set graded_at = new.updated_at where id = new.id;
END;

create trigger score_came_graded after insert on score when new.carried_from is not null
BEGIN
  update score set graded_at = (select graded_at from score where id = new.carried_from) where id = new.id;
END;

create trigger score_comes_graded after update of carried_from on score
when new.carried_from is not null and new.carried_from is not old.carried_from
BEGIN
  update score set graded_at = (select graded_at from score where id = new.carried_from) where id = new.id;
END;
