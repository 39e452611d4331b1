-- The shipped scheme of 0 to 20 is printed in words, as that of 0 to 10 is. A name that somebody gave a band stays. A name grades nobody.
update grading_scheme set bands = (
  select json_group_array(json_set(b.value,
    '$.name', coalesce(b.value ->> 'name', '{"A":"Excellent","B":"Very good","C":"Good","D":"Fairly good","F":"Fail"}' ->> (b.value ->> 'letter')),
    '$.name_el', coalesce(b.value ->> 'name_el', '{"A":"Άριστα","B":"Λίαν καλώς","C":"Καλώς","D":"Σχεδόν καλώς","F":"Ανεπιτυχώς"}' ->> (b.value ->> 'letter'))
  ) order by b.key)
  from json_each(bands) b
)
where code = 'greek-20' and shipped = 1;
