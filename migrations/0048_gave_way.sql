-- Accounts that gave way to another registration of their e-mail: whoever confirms that e-mail is asked for a password where there was one of late.
create index user_gave_way on user (email, deleted_at) where deleted_at is not null and known_since is null;
