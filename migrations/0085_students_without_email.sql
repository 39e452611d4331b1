-- Lists of others search a student by number and names alone: whoever sees a name in them does not feel for an e-mail. The job
-- `refresh-search-texts` adds what names sound like.
update student set search_text = trim(replace(substr(search_text, 1, instr(search_text || char(10), char(10)) - 1), lower(email), ''))
where instr(search_text, lower(email)) > 0;
