-- What the audit log tells of persons rests encrypted, and a random salt on the person's own row is half of the key. Without it nobody reads
-- the values any more, and the hashes, which are taken over what rests, still hold. Four numbers below 2^48 as JSON.

alter table student add column audit_salt text;
alter table user add column audit_salt text;
alter table application add column audit_salt text;
alter table invitation add column audit_salt text;
drop view live_student;
drop view live_user;
drop view live_application;
create view live_student as select * from student where deleted_at is null;
create view live_user as select * from user where deleted_at is null;
create view live_application as select * from application where deleted_at is null;

update student set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
  abs(random() % 281474976710656), abs(random() % 281474976710656));
update user set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
  abs(random() % 281474976710656), abs(random() % 281474976710656));
update application set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
  abs(random() % 281474976710656), abs(random() % 281474976710656));
update invitation set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
  abs(random() % 281474976710656), abs(random() % 281474976710656));

create trigger student_is_salted after insert on student when new.audit_salt is null
BEGIN
  update student set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
    abs(random() % 281474976710656), abs(random() % 281474976710656)) where id = new.id;
END;

create trigger user_is_salted after insert on user when new.audit_salt is null
BEGIN
  update user set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
    abs(random() % 281474976710656), abs(random() % 281474976710656)) where id = new.id;
END;

create trigger application_is_salted after insert on application when new.audit_salt is null
BEGIN
  update application set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
    abs(random() % 281474976710656), abs(random() % 281474976710656)) where id = new.id;
END;

create trigger invitation_is_salted after insert on invitation when new.audit_salt is null
BEGIN
  update invitation set audit_salt = json_array(abs(random() % 281474976710656), abs(random() % 281474976710656),
    abs(random() % 281474976710656), abs(random() % 281474976710656)) where id = new.id;
END;

drop trigger audit_log_no_update;

-- Of a row that tells of persons in the clear the values may be sealed: once, before its hash is taken. Nothing else of it changes.
create trigger audit_log_no_update before update on audit_log
when old.id is not (select moving from audit_high_water) and not (
  old.changes -> '$.sealed.by' is null and new.changes -> '$.sealed.by' is not null
  and new.id = old.id and new.at = old.at and new.actor_id is old.actor_id and new.actor_role = old.actor_role and new.action = old.action
  and new.entity_type = old.entity_type and new.entity_id is old.entity_id and new.summary is old.summary and new.success = old.success
  and new.method = old.method and new.path = old.path and new.status = old.status and new.ip is old.ip
  and new.user_agent is old.user_agent and new.request_id = old.request_id
  and old.id > coalesce((select max(audit_id) from audit_chain), 0)
)
BEGIN
  select raise(abort, 'audit_log_append_only');
END;
