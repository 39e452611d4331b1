-- How the grades of a scheme are distributed stands in the legend of transcripts: counted from this index alone.
create index result_distribution on result (scheme_id, published_at, letter, state, deleted_at) where state <> 'draft' and deleted_at is null;
