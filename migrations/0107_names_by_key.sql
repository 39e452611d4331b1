-- Codes of grading schemes are told apart by their keys, as other identifiers are, and so are names that are unique within what they belong to: categories of a section,
-- rules of a course, filters of an account and list. Rows of before that look alike all stay: but for the first of them they are `legacy`, exempt until
-- they are called otherwise. What came with the system, or comes with a section, is found at once by capitals and without accents.

alter table grading_scheme add column code_key text;
alter table grading_scheme add column legacy integer not null default 0 constraint grading_scheme_legacy_flag check (legacy in (0, 1));
alter table assessment_category add column name_key text;
alter table assessment_category add column legacy integer not null default 0 constraint category_legacy_flag check (legacy in (0, 1));
alter table saved_filter add column name_key text;
alter table saved_filter add column legacy integer not null default 0 constraint saved_filter_legacy_flag check (legacy in (0, 1));
alter table course_evaluation_rule add column name_key text;
alter table course_evaluation_rule add column search_text text not null default '';

drop view live_grading_scheme;
create view live_grading_scheme as select * from grading_scheme where deleted_at is null;
drop view live_assessment_category;
create view live_assessment_category as select * from assessment_category where deleted_at is null;
drop view live_saved_filter;
create view live_saved_filter as select * from saved_filter where deleted_at is null;

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

update grading_scheme set code_key = upper(code);
update grading_scheme set code_key = (
  with recursive mapped (place, text) as (
    select 0, grading_scheme.code_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where code glob '*[^ -~]*';

-- In names accents do not count either: capitals of Greek have none.
update identifier_letters set
  written = written || 'ΆΈΉΊΌΎΏΪΫΐΰÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸĀĂĄĆĈĊČĎĒĔĖĘĚĜĞĠĢĤĨĪĬĮĴĶĹĻĽŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŹŻŽЀЁЃЇЌЍЎЙ',
  key = key || 'AEHIOYΩIYIYAAAAAACEEEEIIIINOOOOOUUUUYYAAACCCCDEEEEEGGGGHIIIIJKLLLNNNOOORRRSSSSTTUUUUUUWYZZZEEГIKИYИ';

update assessment_category set name_key = upper(name);
update assessment_category set name_key = (
  with recursive mapped (place, text) as (
    select 0, assessment_category.name_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where name glob '*[^ -~]*';

update saved_filter set name_key = upper(name);
update saved_filter set name_key = (
  with recursive mapped (place, text) as (
    select 0, saved_filter.name_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where name glob '*[^ -~]*';

update course_evaluation_rule set name_key = upper(name);
update course_evaluation_rule set name_key = (
  with recursive mapped (place, text) as (
    select 0, course_evaluation_rule.name_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, identifier_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where name glob '*[^ -~]*';

drop table identifier_letters;

create index grading_scheme_code_keys on grading_scheme (code_key);
update grading_scheme set legacy = 1 where deleted_at is null
  and exists (select 1 from live_grading_scheme first where first.code_key = grading_scheme.code_key and first.id < grading_scheme.id);
create unique index grading_scheme_code_key on grading_scheme (code_key) where deleted_at is null and legacy = 0;

create trigger grading_scheme_code_is_keyed after insert on grading_scheme when new.code_key is null
BEGIN
  update grading_scheme set code_key = upper(new.code) where id = new.id;
END;

update assessment_category set legacy = 1 where deleted_at is null and exists (
  select 1 from live_assessment_category first
  where first.section_id = assessment_category.section_id and first.name_key = assessment_category.name_key and first.id < assessment_category.id
);
create unique index assessment_category_name_key on assessment_category (section_id, name_key) where deleted_at is null and legacy = 0;

create trigger category_name_is_keyed after insert on assessment_category when new.name_key is null
BEGIN
  update assessment_category set name_key = upper(new.name) where id = new.id;
END;

create trigger category_name_anew after update of name_key on assessment_category when new.legacy = 1 and new.name_key <> old.name_key
BEGIN
  update assessment_category set legacy = 0 where id = new.id;
END;

update saved_filter set legacy = 1 where deleted_at is null and exists (
  select 1 from live_saved_filter first
  where first.user_id = saved_filter.user_id and first.entity = saved_filter.entity and first.name_key = saved_filter.name_key
    and first.id < saved_filter.id
);
create unique index saved_filter_name_key on saved_filter (user_id, entity, name_key) where deleted_at is null and legacy = 0;

create trigger saved_filter_name_is_keyed after insert on saved_filter when new.name_key is null
BEGIN
  update saved_filter set name_key = upper(new.name) where id = new.id;
END;

create trigger saved_filter_name_anew after update of name_key on saved_filter when new.legacy = 1 and new.name_key <> old.name_key
BEGIN
  update saved_filter set legacy = 0 where id = new.id;
END;

-- Rules are replaced as a whole, so those of before need no exemption.
create trigger evaluation_rule_name_apart before insert on course_evaluation_rule
when exists (select 1 from course_evaluation_rule where course_id = new.course_id and name_key = new.name_key)
BEGIN
  select raise(abort, 'evaluation_rule_name_apart');
END;

-- Anew: a category that comes with a section is found, and told apart, as its rule is.
drop trigger section_takes_rules;
create trigger section_takes_rules after insert on section
BEGIN
  insert into assessment_category (section_id, name, name_el, weight, aggregation, drop_lowest, kind, search_text, name_key, legacy, created_at, updated_at)
  select new.id, name, name_el, weight, aggregation, drop_lowest, kind, search_text, coalesce(name_key, upper(name)), exists (
      select 1 from course_evaluation_rule first
      where first.course_id = rule.course_id and first.position < rule.position
        and coalesce(first.name_key, upper(first.name)) = coalesce(rule.name_key, upper(rule.name))
    ), new.created_at, new.created_at
  from course_evaluation_rule rule where course_id = new.course_id order by position;
END;

-- What shipped schemes are found by, and what results repeat of them, as long as they are as they were shipped. Others the job `refresh-search-texts` fills.
update grading_scheme set search_text = shipping.folded || char(10) || shipping.sounds, word_texts = shipping.words
from (
  select column1 as code, column2 as written, column3 as folded, column4 as sounds, column5 as words from (values
  ('letters', 'A+|||A|||B+|||B|||C+|||C|||D|||F||',
    'letters a+ a b+ b c+ c d f', ' LETERS A B K D F',
    '{"letters":"letters\n LETERS","A+":"a+\n ","A":"a\n A","B+":"b+\n ","B":"b\n B","C+":"c+\n ","C":"c\n K","D":"d\n D","F":"f\n F"}'),
  ('letters-fine', 'A+|||A|||A-|||B+|||B|||B-|||C+|||C|||D|||F||',
    'letters-fine a+ a a- b+ b b- c+ c d f', ' LETERS FINE A B K D F',
    '{"letters-fine":"letters-fine\n LETERS FINE","A+":"a+\n ","A":"a\n A","A-":"a-\n A","B+":"b+\n ","B":"b\n B","B-":"b-\n B","C+":"c+\n ","C":"c\n K","D":"d\n D","F":"f\n F"}'),
  ('greek-20', 'A|Excellent|Άριστα|B|Very good|Λίαν καλώς|C|Good|Καλώς|D|Fairly good|Σχεδόν καλώς|F|Fail|Ανεπιτυχώς',
    'greek-20 a excellent αριστα b very good λιαν καλωσ c good καλωσ d fairly good σχεδον καλωσ f fail ανεπιτυχωσ', ' A EXKELED ARISTA B VERI GOD LIAN KALOS K D FERLI SXEDON F FEL ANEPITIXOS',
    '{"greek-20":"greek-20\n ","A":"a\n A","B":"b\n B","C":"c\n K","D":"d\n D","F":"f\n F"}'),
  ('greek-10', 'excellent|Excellent|Άριστα|very good|Very good|Λίαν καλώς|good|Good|Καλώς|fail|Fail|Ανεπιτυχώς',
    'greek-10 excellent excellent αριστα very good very good λιαν καλωσ good good καλωσ fail fail ανεπιτυχωσ', ' EXKELED ARISTA VERI GOD LIAN KALOS FEL ANEPITIXOS',
    '{"greek-10":"greek-10\n ","excellent":"excellent\n EXKELED","very good":"very good\n VERI GOD","good":"good\n GOD","fail":"fail\n FEL"}')
  )
) shipping
where grading_scheme.shipped = 1 and grading_scheme.code = shipping.code and instr(grading_scheme.search_text, char(10)) = 0 and shipping.written = (
  select group_concat((value ->> 'letter') || '|' || coalesce(value ->> 'name', '') || '|' || coalesce(value ->> 'name_el', ''), '|' order by key)
  from json_each(grading_scheme.bands)
);

drop view legacy_finding;
create view legacy_finding as
  select * from (
    select 'second_seat' as kind, seat.id, json_object('student', student_number, 'course', section.code, 'section', section.number, 'term', term.code) as params
    from live_enrollment seat join live_student student on student.id = seat.student_id
    join section on section.id = seat.section_id join term on term.id = seat.term_id
    where seat.legacy = 1 and seat.status in ('enrolled', 'completed') and exists (
      select 1 from live_enrollment other
      where other.student_id = seat.student_id and other.course_id = seat.course_id and other.term_id = seat.term_id and other.id <> seat.id
        and other.status in ('enrolled', 'completed')
    )
    union all
    select 'leaver_seat', seat.id, json_object('student', student_number, 'status', student.status, 'course', section.code, 'section', section.number, 'term', term.code)
    from open_seat seat join live_student student on student.id = seat.student_id
    join section on section.id = seat.section_id join term on term.id = section.term_id
    where student.status in ('on_leave', 'withdrawn', 'removed', 'graduated') and not exists (
      select 1 from enrollment_override where student_id = student.id and check_code = 'STUDENT_NOT_ACTIVE'
    )
    union all
    select 'uncarried_work', seat.id, json_object('student', student_number, 'course', section.code, 'section', section.number, 'term', term.code, 'count', count(*))
    from live_enrollment seat join live_student student on student.id = seat.student_id
    join live_enrollment next on next.id = seat.transferred_to and next.status = 'enrolled'
    join section on section.id = next.section_id join term on term.id = section.term_id
    join transferable_score work on work.student_id = seat.student_id and work.section_id = next.section_id
      and work.from_section_id = seat.section_id and work.reason is null
    where seat.end_reason = 'transferred' group by seat.id
  )
  union all
  select * from (
    select * from (
      select 'twin_student' as kind, twin.id, json_object('code', twin.student_number, 'other', min(other.student_number)) as params
      from live_student twin join live_student other on other.number_key = twin.number_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
      union all
      select 'twin_program', twin.id, json_object('code', twin.code, 'other', min(other.code))
      from live_program twin join live_program other on other.code_key = twin.code_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
      union all
      select 'twin_course', twin.id, json_object('code', twin.code, 'other', min(other.code))
      from live_course twin join live_course other on other.code_key = twin.code_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
      union all
      select 'twin_term', twin.id, json_object('code', twin.code, 'other', min(other.code))
      from live_term twin join live_term other on other.code_key = twin.code_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
    )
    union all
    select 'twin_scheme', twin.id, json_object('code', twin.code, 'other', min(other.code))
    from live_grading_scheme twin join live_grading_scheme other on other.code_key = twin.code_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
    union all
    select 'twin_category', twin.id, json_object('code', twin.name, 'other', min(other.name), 'course', section.code, 'section', section.number, 'term', term.code)
    from live_assessment_category twin join live_assessment_category other
      on other.section_id = twin.section_id and other.name_key = twin.name_key and other.id <> twin.id
    join section on section.id = twin.section_id join term on term.id = section.term_id where twin.legacy = 1 group by twin.id
  )
  union all
  select 'result_rounding', id, json_object('student', student_number, 'course', code, 'term', term, 'issued', issued / 100.0, 'letter', letter,
    'today', today / 100.0, 'letter_today', band ->> 'letter')
  from (
    select result.id, student_number, result.code, term.code as term, result.percentage as issued, result.letter, result.outcome,
      result.value * (100 / scheme.scale_max) as today, (
        select band.value from json_each(scheme.bands) band
        where round((band.value ->> 'minimum') * 100) <= result.value * (100 / scheme.scale_max) order by band.key limit 1
      ) as band
    from live_result result join grading_scheme scheme on scheme.id = result.scheme_id join live_student student on student.id = result.student_id
    join section on section.id = result.section_id join term on term.id = section.term_id
    where result.state <> 'draft' and result.outcome in ('pass', 'fail')
  )
  where (issued, letter, outcome) is not (today, band ->> 'letter', iif(band ->> 'passing', 'pass', 'fail'))
  union all
  select iif(code is null, 'birth_date', 'term_dates'), id, json_object('student', student_number, 'term', code) from (
    select id, student_number, null as code from live_student
    where date_of_birth < '1900-01-01' or date_of_birth > date(enrollment_date, '-12 years')
    union all
    select id, null, code from live_term
    where julianday(end_date) - julianday(start_date) >= 400 or drop_deadline not between start_date and end_date
      or withdraw_deadline not between start_date and end_date or date(enrollment_opens_at, '-12 hours') > end_date
      or date(enrollment_closes_at, '-12 hours') > end_date
  )
  union all
  select 'raised_capacity', section.id, json_object('course', section.code, 'section', section.number, 'term', term.code, 'before', capacity_before, 'now', capacity)
  from live_section section join term on term.id = section.term_id where capacity > capacity_before;
