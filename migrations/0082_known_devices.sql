-- The devices that an account has signed in on are known as long as its password and e-mail are those of then. Another password counts on in the
-- write that sets it, as a stronger hash of the same one does not; another e-mail does here.
alter table user add column device_generation integer not null default 0;

drop view live_user;
create view live_user as select * from user where deleted_at is null;

create trigger user_devices_unknown after update of email on user
when new.email <> old.email
BEGIN
  update user set device_generation = old.device_generation + 1 where id = new.id;
END;
