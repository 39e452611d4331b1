-- The refresh secret before the present one: two tabs that refresh at once present it by mistake, not as a copy.
alter table session add column previous_hash text;
