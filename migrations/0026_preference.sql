-- How somebody likes to work. An account without a row has the defaults; its language is on the account itself.

create table preference (
  user_id integer primary key references user (id),
  mode text not null,
  theme text not null,
  show_tooltips integer not null,
  completed_guides text not null,
  version integer not null,
  updated_at text not null,
  constraint preference_mode_known check (mode in ('beginner', 'expert')),
  constraint preference_theme_known check (theme in ('system', 'light', 'dark')),
  constraint preference_show_tooltips_flag check (show_tooltips in (0, 1)),
  constraint preference_completed_guides_limit check (json_array_length(completed_guides) <= 200)
) strict;
