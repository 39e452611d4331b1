-- Cyrillic and Georgian names have skeletons by now, which search finds them by in Latin letters. Rows that hold such letters lose the line feed
-- that tells rows with skeletons from others: the job that brings search columns up to date takes them up.

update student set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
update application set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
update user set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
update program set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
update course set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
update section set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
update assessment set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
update assessment_category set search_text = replace(search_text, char(10), ' ') where search_text glob '*[а-яђ-џґა-ჰ]*';
