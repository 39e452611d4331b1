-- Queries of lists that an account keeps under a name.

create table saved_filter (
  id integer primary key,
  user_id integer not null references user (id),
  name text not null,
  entity text not null,
  query text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint saved_filter_query_is_map check (json_type(query) = 'object')
) strict;

create unique index saved_filter_name on saved_filter (user_id, entity, name) where deleted_at is null;
create view live_saved_filter as select * from saved_filter where deleted_at is null;
