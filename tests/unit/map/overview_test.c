/* What is said of a connector before anything runs: which words become what, who approves what, and
 * how often the language is used. */
#include "map/overview.h"

#include "script.h"

#define WORLD                                                                                      \
    "list things *id: text, kind: 'card'|'cash'|'gone', state: text, total: decimal, note: text?," \
    " lines: [*id: text, kind: text]\n"                                                            \
    "list users *id: text, name: text\n"                                                           \
    "sink bills *BillID: text!, Number: text\n"                                                    \
    "option strict bool true\n"

/* An overview of this script; the caller frees both. */
static json_t *overview(struct script *s, const char *text)
{
    script_start(s, "overview");
    script_add(s, text_of(text), 1);
    script_run(s);
    assert_int_equal(s->failures, 0);
    return map_overview_json(s->f.program);
}

/* The element that is called so; NULL: none is. */
static const json_t *named(const json_t *all, const char *by, const char *name)
{
    size_t i;
    json_t *one;

    json_array_foreach(all, i, one)
    {
        if (strcmp(json_path_text(one, by), name) == 0) {
            return one;
        }
    }
    return NULL;
}

/* "bill other | third skip code" for one word. */
static const char *words_of(struct script *s, const json_t *overview, const char *list,
                            const char *field, const char *word)
{
    const json_t *of = named(json_object_get(overview, "becomes"), "list", list);
    const json_t *choice = named(json_object_get(of, "choices"), "field", field);
    const json_t *one = named(json_object_get(choice, "words"), "word", word);
    const char *ret = one ? "" : "no such choice";
    size_t i;
    json_t *j;

    json_array_foreach(json_object_get(one, "takes"), i, j)
    {
        ret = arena_printf(s->f.arena, "%s%s%s", ret, i ? " " : "", json_string_value(j));
    }
    json_array_foreach(json_object_get(one, "refuses"), i, j)
    {
        ret = arena_printf(s->f.arena, "%s | %s %s %s", ret, json_path_text(j, "mapping"),
                           json_path_text(j, "verdict"), json_path_text(j, "code"));
    }
    return ret;
}

/* A guard of a mapping of things, and what is certain of each word. */
struct decided {
    const char *when, *card, *cash;
};

static void words__decide_what_is_certain(void **state)
{
    static const struct decided all[] = {
        {"kind == 'card'", " | bill skip no", "bill"},
        {"kind != 'card'", "bill", " | bill skip no"},
        {"kind in ('card', 'gone')", " | bill skip no", "bill"},
        {"not (kind == 'card')", "bill", " | bill skip no"},
        {"kind == 'card' or total > 5", " | bill skip no", "bill"},
        {"kind == 'card' and total > 5", "no such choice", "no such choice"},
        {"kind == 'card' and (total > 5 or kind != 'cash')", " | bill skip no", "bill"},
        {"is_card", " | bill skip no", "bill"},
        {"way == 'paid'", " | bill skip no", "bill"},
        {"way != 'owed'", " | bill skip no", "bill"},
        {"if(total > 5, way, 'paid') == 'paid'", " | bill skip no", "bill"},
        {"either in ('a', 'b')", " | bill skip no", "bill"},
        {"either == 'a'", "no such choice", "no such choice"},
        {"exists(only_card)", " | bill skip no", "bill"},
        {"not exists(only_card)", "bill", " | bill skip no"},
        {"(only_card ?? 'y') == 'y'", "bill", " | bill skip no"},
        {"only_card != 'x'", "bill", " | bill skip no"},
        {"never == 'x'", "no such choice", "no such choice"},
        {"note('a: b', kind) == 'card'", " | bill skip no", "bill"},
        {"any(lines, kind == 'card')", "no such choice", "no such choice"},
        {"note == kind", "no such choice", "no such choice"},
        {"option.strict and kind == 'card'", "no such choice", "no such choice"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        AUTO_JSON json_t *j = NULL;
        struct script s;
        char text[2000];

        snprintf(text, sizeof text,
                 "%sderive things.is_card kind == 'card'\n"
                 "derive things.way case(kind, 'card': 'paid', else: 'owed')\n"
                 "derive things.either case(kind, 'card': if(total > 5, 'a', 'b'), else: 'c')\n"
                 "derive things.only_card if(kind == 'card', 'x')\n"
                 "derive things.never note ?? hold('no-note: There is none.')\n"
                 "mapping bill things → bills\nskip %s because no: no\n"
                 "field Number join('', id, if(option.strict, 'x', 'y'))\n",
                 WORLD, all[i].when);
        j = overview(&s, text);
        print_message("%s\n", all[i].when);
        assert_string_equal(words_of(&s, j, "things", "kind", "card"), all[i].card);
        assert_string_equal(words_of(&s, j, "things", "kind", "cash"), all[i].cash);
        fixture_done(&s.f);
    }
}

static void texts__that_are_compared_are_words_too(void **state)
{
    AUTO_JSON json_t *j = NULL;
    struct script s;

    (void)state;
    j = overview(&s, WORLD "mapping bill things → bills\n"
                           "skip state in ('void', 'gone') because gone: it is gone\n"
                           "wait state == 'draft' because draft: not yet\n"
                           "hold not (state == 'done') because odd: {state} is new\n"
                           "field Number join('', id, if(option.strict, 'x', 'y'))\n"
                           "mapping other things.lines → bills\n"
                           "hold parent.state == 'draft' because draft: not yet\n"
                           "field Number id\n");
    assert_string_equal(words_of(&s, j, "things", "state", "void"), "other | bill skip gone");
    assert_string_equal(words_of(&s, j, "things", "state", "draft"),
                        " | bill wait draft | other hold draft");
    assert_string_equal(words_of(&s, j, "things", "state", "done"), "bill other");
    assert_string_equal(words_of(&s, j, "things", "state", "(anything else)"),
                        "other | bill hold odd");
    fixture_done(&s.f);
}

static void features__that_an_expression_names(void **state)
{
    AUTO_JSON json_t *j = NULL;
    AUTO_FREE char *said = NULL;
    struct script s;

    (void)state;
    j = overview(&s, WORLD
                 "mapping bill things → bills\n"
                 "field Number join('', id, if(option.strict, 'x', 'y'))\n"
                 "approve if(total > 5, case(kind, 'card': 'cards', else: 'bills'), 'bills')\n"
                 "mapping free users → bills\nfield Number id\n");
    said = json_write_text(json_object_get(j, "approvals"));
    assert_string_equal(said, "[{\"feature\":\"cards\",\"mapping\":\"bill\"},"
                              "{\"feature\":\"bills\",\"mapping\":\"bill\"}]");
    fixture_done(&s.f);
}

static int64_t used(const json_t *overview, const char *kind, const char *name)
{
    const json_t *of = json_object_get(json_object_get(overview, "uses"), kind);

    return json_int(json_object_get(of, name), -1);
}

static void uses__are_counted_everywhere(void **state)
{
    AUTO_JSON json_t *j = NULL;
    struct script s;

    (void)state;
    j = overview(&s, WORLD "derive things.cut_id cut(id, 3)\n"
                           "mapping bill things → bills\n"
                           "skip cut(id, 1) == 'cut(' because a: {cut(id, 2)} was cut\n"
                           "match fold(Number) == fold(parent.id)\n"
                           "field Number note ?? hold('b: {fold(id)}')\n"
                           "gone if(@bill.state == 'done' and option.strict, 'leave', 'hold')\n");
    assert_int_equal(used(j, "function", "cut"), 3);
    assert_int_equal(used(j, "function", "fold"), 3);
    assert_int_equal(used(j, "function", "hold"), 1);
    assert_int_equal(used(j, "function", "share"), 0);
    assert_int_equal(used(j, "document", "@.state"), 1);
    assert_int_equal(used(j, "document", "@.why"), 0);
    assert_int_equal(used(j, "operator", "??"), 1);
    assert_int_equal(used(j, "operator", "{value} in a sentence"), 2);
    assert_int_equal(used(j, "type", "[…]"), 1);
    fixture_done(&s.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words__decide_what_is_certain),
        cmocka_unit_test(texts__that_are_compared_are_words_too),
        cmocka_unit_test(features__that_an_expression_names),
        cmocka_unit_test(uses__are_counted_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
