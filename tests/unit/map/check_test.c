/* Wrong declarations: what is said of each, and where. Every complaint must be one that is named.
 */
#include "script.h"

#define WORLD                                                                                      \
    "list things *id: text, kind: 'a'|'b'|'c', name: text?, n: decimal, rate: decimal?,"           \
    " currency: text, paid: money(currency)?, total: money(currency), day: date, owner: users?,"   \
    " lines: [*id: text, n: decimal, amount: money(parent.currency)]\n"                            \
    "list users *id: text, name: text, email: text?\n"                                             \
    "small codes *code: text, name: text\n"                                                        \
    "sink bills *BillID: text!, Number: text, Status: 'DRAFT'|'PAID', Total: money(Currency)?,"    \
    " Currency: text?, On: date?, Count: decimal?, Owner: bills?,"                                 \
    " Lines: [Name: text, Amount: money(parent.Currency)?]?\n"

#define BILL                                                                                       \
    "mapping bill things → bills\n"                                                              \
    "field Status 'DRAFT'\n"

struct wrong {
    const char *about, *script;
};

/* ---- expressions ---- */

static const struct wrong expressions[] = {
    {"unknown field", BILL "field Number nmae\n"
                           "wrong flow/bill.Number ✗ things has no field 'nmae'; did you mean "
                           "'name'"},
    {"field one step out",
     BILL "field Number first(where(lines, n > 1 and id == name)).id ?? 'x'\n"
          "wrong flow/bill.Number ✗ things.lines[] has no field 'name'; 'parent.name' exists"},
    {"parent where there is none", BILL "field Number parent.id\n"
                                        "wrong flow/bill.Number ✗ there is no parent here"},
    {"unknown list", BILL "field Number find(user, email == 'x').name ?? ''\n"
                          "wrong flow/bill.Number ✗ did you mean 'users'"},
    {"unknown list of Xero", BILL "field Number join('', xero.Acounts['x'].Name)\n"
                                  "wrong flow/bill.Number ✗ Xero has no list 'Acounts'; did you "
                                  "mean 'xero.Accounts'"},
    {"unknown option", "option prefix text\n" BILL "field Number option.prefx\n"
                       "wrong flow/bill.Number ✗ option has no field 'prefx'; did you mean "
                       "'prefix'"},
    {"unknown function", BILL "field Number fodl(kind)\n"
                              "wrong flow/bill.Number ✗ there is no function 'fodl'; did you mean "
                              "'fold'"},
    {"too few arguments", BILL "field Number cut(kind)\n"
                               "wrong flow/bill.Number ✗ cut takes 2 arguments, not 1"},
    {"unknown mapping", BILL "field Number @bil.id ?? ''\n"
                             "wrong flow/bill.Number ✗ there is no mapping 'bil'; did you mean "
                             "'bill'"},
    {"mapping of other records", "mapping person users → bills\nfield Status 'DRAFT'\n"
                                 "field Number name\n" BILL "field Number @person.id ?? ''\n"
                                 "wrong flow/bill.Number ✗ mapping 'person' takes users, not "
                                 "things"},
    {"documents of what is in no list",
     BILL "field Number first(where(lines, count(@) > 0)).id ?? 'x'\n"
          "mapping sum group(things, by: kind) → bills\nfield Status 'DRAFT'\n"
          "field Number if(count(@) > 1, 'x', by)\n"
          "mapping one → bills\nfield Status 'DRAFT'\nfield Number first(@).id ?? ''\n"
          "wrong flow/bill.Number ✗ '@' alone needs a record of a list\n"
          "wrong flow/sum.Number ✗ '@' alone needs a record of a list\n"
          "wrong flow/one.Number ✗ '@' alone needs a record of a list"},
    {"not the syntax", BILL "field Number id +\n"
                            "wrong flow/bill.Number ✗ a value is missing before the end"},
    {"money and a number", BILL "field Number 'x'\nfield Count value(total + n)\n"
                                "wrong flow/bill.Count ✗ cannot work out money + decimal; money "
                                "and plain numbers do not mix"},
    {"money times money", BILL "field Number 'x'\nfield Total total * total\n"
                               "wrong flow/bill.Total ✗ money times money"},
    {"money compared with a number", BILL "skip total == n because x: x\nfield Number 'x'\n"
                                          "wrong flow/bill guard 1 ✗ money cannot be compared "
                                          "with decimal; value(…) takes the number out"},
    {"ordering what may be absent",
     BILL "skip rate > 1 because x: x\nfield Number 'x'\n"
          "wrong flow/bill guard 1 ✗ what is compared may be absent; "
          "say what then: add '?? …', or a guard with not "
          "exists(rate)"},
    {"adding what may be absent", BILL "field Number 'x'\nfield Count rate + 1\n"
                                       "wrong flow/bill.Count ✗ what is added to may be absent"},
    {"texts have no order", BILL "skip kind < 'b' because x: x\nfield Number 'x'\n"
                                 "wrong flow/bill guard 1 ✗ have no order"},
    {"a choice that never is", BILL "skip kind == 'd' because x: x\nfield Number 'x'\n"
                                    "wrong flow/bill guard 1 ✗ 'd' is never one of a|b|c"},
    {"in, with a choice that never is", BILL "skip kind in ('a', 'z') because x: x\n"
                                             "field Number 'x'\n"
                                             "wrong flow/bill guard 1 ✗ 'z' is never"},
    {"case leaves one out", BILL "field Number case(kind, 'a': 'x', 'b': 'y')\n"
                                 "wrong flow/bill.Number ✗ case leaves out 'c'"},
    {"case twice", BILL "field Number case(kind, 'a'|'b': 'x', 'b': 'y', else: 'z')\n"
                        "wrong flow/bill.Number ✗ 'b' appears twice in case"},
    {"case over a word that never is", BILL "field Number case(kind, 'A': 'x', else: 'z')\n"
                                            "wrong flow/bill.Number ✗ 'A' is never one of a|b|c"},
    {"case over free text", BILL "field Number case(id, 'a': 'x')\n"
                                 "wrong flow/bill.Number ✗ case over free text needs else:"},
    {"?? after what is there", BILL "field Number kind ?? 'x'\n"
                                    "wrong flow/bill.Number ✗ kind is always present"},
    {"?? after a guard proved it", BILL "wait not exists(name) because x: x\n"
                                        "field Number name ?? 'x'\n"
                                        "wrong flow/bill.Number ✗ name is always present"},
    {"a condition that is no truth", BILL "skip n because x: x\nfield Number 'x'\n"
                                          "wrong flow/bill guard 1 ✗ wants bool, not decimal"},
    {"a dot on a list", BILL "field Number lines.id\n"
                             "wrong flow/bill.Number ✗ wants text, not a list of text"},
    {"branches that do not fit", BILL "field Number if(n > 1, 'x', day)\n"
                                      "wrong flow/bill.Number ✗ do not fit together"},
    {"hold without a code", BILL "field Number name ?? hold('There is none')\n"
                                 "wrong flow/bill.Number ✗ a reason is 'code: sentence'"},
    {"hold() that may not come", BILL "field Number if(n > 5, hold('x: y'))\n"
                                      "field Count if(n > 5, hold('x: y')) * 2\n"
                                      "wrong flow/bill.Number ✗ is required, but this may be "
                                      "absent\n"
                                      "wrong flow/bill.Count ✗ may be absent"},
    {"hold() is no list", BILL "skip any(hold('x: y'), true) because x: x\n"
                               "skip first(hold('x: y')) == 1 because x: x\n"
                               "skip sum(hold('x: y')) == 1 because x: x\n"
                               "skip count(group(hold('x: y'), by: n)) == 1 because x: x\n"
                               "skip n in hold('x: y') because x: x\nfield Number 'x'\n"
                               "field Total share(total, hold('x: y'), 1)\n"
                               "wrong flow/bill guard 1 ✗ this is never a list\n"
                               "wrong flow/bill guard 2 ✗ this is never a list\n"
                               "wrong flow/bill guard 3 ✗ this is never a list\n"
                               "wrong flow/bill guard 4 ✗ this is never a list\n"
                               "wrong flow/bill.Total ✗ is not in the list"},
    {"lists of different things",
     "list more *id: text, tags: text[], texts: text{}?, numbers: decimal{}?,"
     " lines: [*id: text, n: decimal]\n"
     "mapping bill more → bills\nfield Status 'DRAFT'\n"
     "field Number first(if(id == 'x', tags, lines)) ?? ''\n"
     "field Count (numbers ?? texts ?? hold('x: y'))['a']\n"
     "field On first([lines, tags])\nfield Currency first(if(id == 'x', codes, users)).name\n"
     "wrong flow/bill.Number ✗ do not fit together\nwrong flow/bill.Count ✗ do not fit together\n"
     "wrong flow/bill.On ✗ do not fit together\nwrong flow/bill.Currency ✗ do not fit together"},
    {"a reference to lists with different fields",
     "list left *id: text, what: text\nlist right *id: text, what: decimal\n"
     "list more *id: text, at: left|right, all: left|right[]\n"
     "mapping bill more → bills\nfield Status 'DRAFT'\nfield Number at.id\n"
     "field Currency at.what\n"
     "part line all → Lines\nfield Name id\n"
     "wrong flow/bill.Currency ✗ text and decimal do not fit together\n"
     "wrong flow/bill.line ✗ a part goes over records of one list"},
    {"documents of different mappings",
     "kept others *id: text, Number: decimal\nmapping bill things → bills\n"
     "skip n > 1 because x: x\nfield Status 'DRAFT'\nfield Number 'x'\n"
     "mapping other things → others\nfield id id\nfield Number n\n"
     "mapping third things → bills\nskip n < 1 because x: x\nfield Status 'DRAFT'\n"
     "field Number if(n > 1, @bill, @other).target.Number ?? ''\n"
     "wrong flow/third.Number ✗ are not of one kind"},
    {"narrowing is by the same record only",
     "list tables *id: text, code: text, labels: text{}, lines: [*id: text, code: text]\n"
     "mapping table tables → bills\nfield Status 'DRAFT'\n"
     "field Number if(exists(labels[code]), first(where(lines, cut(parent.labels[code], 1) == "
     "parent.labels[code])).id ?? 'x', 'y')\n"
     "field Count if(exists(labels[code]), sum(lines, number(parent.labels[code]) + 1), 0)\n"
     "wrong flow/table.Count ✗ what is added to may be absent"},
};

/* ---- searching ---- */

static const struct wrong searches[] = {
    {"no ==", BILL "field Number find(users, email != 'x').name ?? ''\n"
                   "wrong flow/bill.Number ✗ this would read the whole of users; add a comparison"},
    {"== within the record only", BILL "field Number find(users, email == name).name ?? ''\n"
                                       "wrong flow/bill.Number ✗ would read the whole of users"},
    {"or is no and", BILL "field Number first(where(users, email == 'x' or name == 'y')).id ?? ''\n"
                          "wrong flow/bill.Number ✗ would read the whole of users"},
    {"find by the key", BILL "field Number find(users, id == 'x').name ?? ''\n"
                             "wrong flow/bill.Number ✗ look it up by its key: users[…]"},
    {"count", BILL "field Number 'x'\nfield Count count(users)\n"
                   "wrong flow/bill.Count ✗ would read the whole of users"},
    {"sum", BILL "field Number 'x'\nfield Count sum(things, n)\n"
                 "wrong flow/bill.Count ✗ would read the whole of things"},
    {"all, even with ==", BILL "skip all(users, email == 'x') because x: x\nfield Number 'x'\n"
                               "wrong flow/bill guard 1 ✗ would read the whole of users"},
    {"in a whole list", BILL "skip owner in users because x: x\nfield Number 'x'\n"
                             "wrong flow/bill guard 1 ✗ would read the whole of users"},
    {"group outside from", BILL "field Number 'x'\nfield Count count(group(users, by: name))\n"
                                "wrong flow/bill.Count ✗ would read the whole of users"},
    {"match", BILL "match Number != parent.id\nfield Number id\n"
                   "wrong flow/bill match 1 ✗ would read the whole of bills"},
    {"a small list may be gone through", BILL "field Number 'x'\nfield Count count(codes) + "
                                              "count(where(codes, name != 'x'))\n"
                                              "field Nmber 'x'\n"
                                              "wrong bill.Nmber ✗ did you mean 'Number'"},
};

/* ---- groups ---- */

static const struct wrong groups[] = {
    {"no keys", BILL "field Number 'x'\nfield Count count(group(lines))\n"
                     "wrong flow/bill.Count ✗ group takes a list of records and 'name: key'"},
    {"of numbers", BILL "field Number 'x'\nfield Count count(group([1, 2], by: value))\n"
                        "wrong flow/bill.Count ✗ group takes a list of records"},
    {"a key that is none", BILL "field Number 'x'\nfield Count count(group(lines, by: amount))\n"
                                "wrong flow/bill.Count ✗ the key of a group is money"},
    {"a field of the rows asked of the group", "mapping bill group(things, by: kind) → bills\n"
                                               "field Status 'DRAFT'\nfield Number currency\n"
                                               "wrong flow/bill.Number ✗ has no field 'currency'"},
    {"one record of a group by another name",
     "mapping bill group(things, by: kind) → bills\nfield Status 'DRAFT'\nfield Number by\n"
     "mapping other users → bills\nfield Status 'DRAFT'\nfield Number @bill.id ?? ''\n"
     "wrong flow/other.Number ✗ mapping 'bill' takes group(things, by: kind), not users"},
    {"rows that are a field", "list reports *id: text, rows: [*id: text, name: text]\n"
                              "mapping report reports → bills\nfield Status 'DRAFT'\n"
                              "field Number first(rows).name\n"
                              "wrong flow/report.Number ✗ is required, but this may be absent"},
    {"from what is no list", "mapping bill group(thing, by: kind) → bills\nfield Status 'DRAFT'\n"
                             "field Number by\n"
                             "wrong flow/bill ✗ there is no list 'thing'; did you mean 'things'"},
    {"from some of what is no list",
     "mapping bill group(where(thing, true), by: kind) → bills\nfield Status 'DRAFT'\n"
     "field Number by\nwrong flow/bill ✗ there is no list 'thing'; did you mean 'things'"},
    {"from records by what may be absent",
     "mapping bill group(where(users, active), by: id) → bills\nfield Status 'DRAFT'\n"
     "field Number by\nwrong flow/bill ✗ users has no field 'active'"},
};

static unsigned run(const struct wrong *all, size_t count)
{
    unsigned failures = 0;

    for (size_t i = 0; i < count; i++) {
        struct script *s = memory_new(1, sizeof *s);

        script_start(s, all[i].about);
        script_add(s, TEXT(WORLD), 1);
        script_add(s, text_of(all[i].script), 1);
        failures += script_finish(s);
        if (s->examples == 0) {
            print_error("%s: says nothing\n", all[i].about);
            failures++;
        }
        memory_free(s);
    }
    return failures;
}

#define RUN(table) assert_int_equal(run(table, sizeof(table) / sizeof *(table)), 0)

#include "check_cases.h"

static void check__finds_what_is_wrong_in_an_expression(void **state)
{
    (void)state;
    RUN(expressions);
}

static void check__refuses_to_read_a_whole_list(void **state)
{
    (void)state;
    RUN(searches);
}

static void check__knows_how_groups_are_made(void **state)
{
    (void)state;
    RUN(groups);
}

static void check__finds_what_is_wrong_in_a_mapping(void **state)
{
    (void)state;
    RUN(mappings);
}

static void check__finds_what_only_the_whole_shows(void **state)
{
    (void)state;
    RUN(wholes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check__finds_what_is_wrong_in_an_expression),
        cmocka_unit_test(check__refuses_to_read_a_whole_list),
        cmocka_unit_test(check__knows_how_groups_are_made),
        cmocka_unit_test(check__finds_what_is_wrong_in_a_mapping),
        cmocka_unit_test(check__finds_what_only_the_whole_shows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
