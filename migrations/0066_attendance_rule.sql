-- How attendance counts is said by the course: what of a late arrival counts as present, what an excused absence is, how much is enough.

alter table course add column attendance_rule text not null default '{"late_counts":100,"excused":"left_out","minimum":75}'
constraint course_attendance_rule_json check ((
  json_valid(attendance_rule)
  and json_type(attendance_rule, '$.late_counts') in ('integer', 'real') and attendance_rule ->> '$.late_counts' between 0 and 100
  and attendance_rule ->> '$.excused' in ('left_out', 'present', 'absent')
  and json_type(attendance_rule, '$.minimum') in ('integer', 'real') and attendance_rule ->> '$.minimum' between 0 and 100
) is true);
drop view live_course;
create view live_course as select * from course where deleted_at is null;

-- Notes are searched, too. Those of before are folded as far as Greek and Latin go; what they sound like comes with their next change.
alter table attendance add column search_text text not null default '';
with recursive folded (id, place, note) as (
  select id, 1, note from attendance where note is not null
  union all
  select id, place + 1, replace(note, substr('ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώϊϋΐΰςΆΈΉΊΌΎΏΪΫ', place, 1), substr('αβγδεζηθικλμνξοπρστυφχψωαεηιουωιυιυσαεηιουωιυ', place, 1))
  from folded where place <= 45
)
update attendance set search_text = lower(folded.note) from folded where folded.id = attendance.id and folded.place = 46;
drop view live_attendance;
create view live_attendance as select * from attendance where deleted_at is null;
