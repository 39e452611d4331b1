-- Rooms are compared without marks and with single blanks: SQL has neither, so these are the letters with marks that keys of before have.
create table room_letters (written text not null, key text not null) strict;
insert into room_letters (written, key) values (
  'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝĀĂĄĆĈĊČĎĒĔĖĘĚĜĞĠĢĤĨĪĬĮİĴĶĹĻĽŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽƠƯǍǏǑǓǕǗǙǛǞǠǢǦǨǪǬǮǴ'
  || 'ǸǺǼǾȀȂȄȆȈȊȌȎȐȒȔȖȘȚȞȦȨȪȬȮȰȲͺΆΈΉΊΌΎΏΪΫϒϓϔϴϹЀЁЃЇЌЍЎЙѶӁӐӒӖӚӜӞӢӤӦӪӬӮӰӲӴӸḀḂḄḆḈḊḌḎḐḒḔḖḘḚḜḞḠḢḤḦḨḪḬḮḰḲḴḶḸḺḼḾṀ'
  || 'ṂṄṆṈṊṌṎṐṒṔṖṘṚṜṞṠṢṤṦṨṪṬṮṰṲṴṶṸṺṼṾẀẂẄẆẈẊẌẎẐẒẔẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸἈἉἊἋἌἍἎἏἘἙἚἛἜ'
  || 'ἝἨἩἪἫἬἭἮἯἸἹἺἻἼἽἾἿὈὉὊὋὌὍὙὛὝὟὨὩὪὫὬὭὮὯᾸᾹᾺῈῊῘῙῚῨῩῪῬῸῺ',
  'AAAAAACEEEEIIIINOOOOOUUUUYAAACCCCDEEEEEGGGGHIIIIIJKLLLNNNOOORRRSSSSTTUUUUUUWYYZZZOUAIOUUUUUAAÆGKOOƷG'
  || 'NAÆØAAEEIIOORRUUSTHAEOOOOY AEHIOYΩIYYYYΘΣEEГIKИYИѴЖAAEӘЖЗИИOӨЭYYYЧЫABBBCDDDDDEEEEEFGHHHHHIIKKKLLLLMM'
  || 'MNNNNOOOOPPRRRRSSSSSTTTTUUUUUVVWWWWWXXYZZZAAAAAAAAAAAAEEEEEEEEIIOOOOOOOOOOOOUUUUUUUYYYYAAAAAAAAEEEEE'
  || 'EHHHHHHHHIIIIIIIIOOOOOOYYYYΩΩΩΩΩΩΩΩAAAEHIIIYYYPOΩ'
);

update section_meeting set room_key = (
  with recursive mapped (place, text) as (
    select 0, section_meeting.room_key
    union all
    select place + 1, replace(text, substr(written, place + 1, 1), substr(key, place + 1, 1)) from mapped, room_letters
    where place < length(written)
  )
  select text from mapped order by place desc limit 1
) where room_key glob '*[^ -~]*';

drop table room_letters;

update section_meeting set room_key = trim(replace(replace(replace(replace(replace(replace(
  room_key, '  ', ' '), '  ', ' '), '  ', ' '), '  ', ' '), '  ', ' '), '  ', ' ')) where room_key is not null;
