-- Student numbers and the codes of programs, courses and terms are unique and looked up by a key: the same for whatever looks alike in print,
-- in any letters, width and alphabet. Rows of before that look alike all stay: but for the first of them they are `legacy`, exempt until they get
-- another number or code.

alter table student add column number_key text;
alter table student add column legacy integer not null default 0 constraint student_legacy_flag check (legacy in (0, 1));
alter table program add column code_key text;
alter table program add column legacy integer not null default 0 constraint program_legacy_flag check (legacy in (0, 1));
alter table course add column code_key text;
alter table course add column legacy integer not null default 0 constraint course_legacy_flag check (legacy in (0, 1));
alter table term add column code_key text;
alter table term add column legacy integer not null default 0 constraint term_legacy_flag check (legacy in (0, 1));
alter table section_meeting add column room_key text;

drop view live_student;
create view live_student as select * from student where deleted_at is null;
drop view live_program;
create view live_program as select * from program where deleted_at is null;
drop view live_course;
create view live_course as select * from course where deleted_at is null;
drop view live_term;
create view live_term as select * from term where deleted_at is null;

-- SQL has capitals of ASCII only. These are the letters of Greek, Cyrillic, Latin and of full width, and what stands for them in keys.
create table identifier_letters (written text not null, key text not null) strict;
insert into identifier_letters (written, key) values (
  'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ'
  || 'āăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžſ'
  || 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧάέήίαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ'
  || 'ЅІЈАВЕКМНОРСТУХабвгдежзийклмнопрстуфхцчшщъыьэюяѐёђѓєѕіїјљњћќѝўџ'
  || '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
  'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŸ'
  || 'ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮIĴĶĹĻĽŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŹŻŽS'
  || 'ABEZHIKMNOPTYXΆΈΉΊABΓΔEZHΘIKΛMNΞOΠPΣΣTYΦXΨΩΪΫΌΎΏ'
  || 'SIJABEKMHOPCTYXAБBГДEЖЗИЙKЛMHOПPCTYФXЦЧШЩЪЫЬЭЮЯЀЁЂЃЄSIЇJЉЊЋЌЍЎЏ'
  || '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ'
);

update student set number_key = upper(student_number);
update student set number_key = (
  with recursive mapped (place, text) as (
    select 0, student.number_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where student_number glob '*[^ -~]*';

update program set code_key = upper(code);
update program set code_key = (
  with recursive mapped (place, text) as (
    select 0, program.code_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where code glob '*[^ -~]*';

update course set code_key = upper(code);
update course set code_key = (
  with recursive mapped (place, text) as (
    select 0, course.code_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where code glob '*[^ -~]*';

update term set code_key = upper(code);
update term set code_key = (
  with recursive mapped (place, text) as (
    select 0, term.code_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where code glob '*[^ -~]*';

update section_meeting set room_key = upper(room);
update section_meeting set room_key = (
  with recursive mapped (place, text) as (
    select 0, section_meeting.room_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where room glob '*[^ -~]*';

drop table identifier_letters;

create index student_number_keys on student (number_key);
update student set legacy = 1 where deleted_at is null
  and exists (select 1 from live_student first where first.number_key = student.number_key and first.id < student.id);
create unique index student_number_key on student (number_key) where deleted_at is null and legacy = 0;
create index student_number_alike on student (ltrim(replace(number_key, 'O', '0'), '0')) where deleted_at is null;

create trigger student_number_is_keyed after insert on student when new.number_key is null
BEGIN
  update student set number_key = upper(new.student_number) where id = new.id;
END;

create trigger student_number_anew after update of number_key on student when new.legacy = 1 and new.number_key <> old.number_key
BEGIN
  update student set legacy = 0 where id = new.id;
END;

create index program_code_keys on program (code_key);
update program set legacy = 1 where deleted_at is null
  and exists (select 1 from live_program first where first.code_key = program.code_key and first.id < program.id);
create unique index program_code_key on program (code_key) where deleted_at is null and legacy = 0;

create trigger program_code_is_keyed after insert on program when new.code_key is null
BEGIN
  update program set code_key = upper(new.code) where id = new.id;
END;

create trigger program_code_anew after update of code_key on program when new.legacy = 1 and new.code_key <> old.code_key
BEGIN
  update program set legacy = 0 where id = new.id;
END;

create index course_code_keys on course (code_key);
update course set legacy = 1 where deleted_at is null
  and exists (select 1 from live_course first where first.code_key = course.code_key and first.id < course.id);
create unique index course_code_key on course (code_key) where deleted_at is null and legacy = 0;
create index course_code_alike on course (ltrim(replace(code_key, 'O', '0'), '0')) where deleted_at is null;

create trigger course_code_is_keyed after insert on course when new.code_key is null
BEGIN
  update course set code_key = upper(new.code) where id = new.id;
END;

create trigger course_code_anew after update of code_key on course when new.legacy = 1 and new.code_key <> old.code_key
BEGIN
  update course set legacy = 0 where id = new.id;
END;

create index term_code_keys on term (code_key);
update term set legacy = 1 where deleted_at is null
  and exists (select 1 from live_term first where first.code_key = term.code_key and first.id < term.id);
create unique index term_code_key on term (code_key) where deleted_at is null and legacy = 0;

create trigger term_code_is_keyed after insert on term when new.code_key is null
BEGIN
  update term set code_key = upper(new.code) where id = new.id;
END;

create trigger term_code_anew after update of code_key on term when new.legacy = 1 and new.code_key <> old.code_key
BEGIN
  update term set legacy = 0 where id = new.id;
END;
