-- When somebody signed in to an account first; sessions are forgotten, this is not. Staff who work under an e-mail that is still to be proved
-- do not give way to whoever registers it.
alter table user add column signed_in_at text;

drop view live_user;
create view live_user as select * from user where deleted_at is null;

create trigger user_signed_in after insert on session
when exists (select 1 from user where id = new.user_id and signed_in_at is null)
BEGIN
  update user set signed_in_at = new.created_at where id = new.user_id;
END;

update user set signed_in_at = coalesce(
  (select min(created_at) from session where user_id = user.id),
  (select min(at) from audit_log where actor_id = user.id and entity_type = 'session' and success = 1)
);
