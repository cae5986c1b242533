/* Wrong mappings and wrong wholes; part of check_test.c. */
#ifndef FERRY_TEST_MAP_CHECK_CASES_H
#define FERRY_TEST_MAP_CHECK_CASES_H

static const struct wrong mappings[] = {
    {"a type that does not fit", BILL "field Number 'x'\nfield On id\n"
                                      "wrong flow/bill.On ✗ wants date that may be absent, not "
                                      "text"},
    {"money with a plain number", BILL "field Number 'x'\nfield Total n\n"
                                       "wrong flow/bill.Total ✗ say which currency: money(number, "
                                       "currency)"},
    {"a number with money", BILL "field Number 'x'\nfield Count total\n"
                                 "wrong flow/bill.Count ✗ value(…) takes the number out of money"},
    {"what may be absent where it is needed", BILL "field Number name\n"
                                                   "wrong flow/bill.Number ✗ is required, but this "
                                                   "may be absent; add '?? …'"},
    {"a required field missing", BILL "wrong flow/bill ✗ bills needs 'Number', which nothing "
                                      "gives"},
    {"a required field of a line missing", BILL "field Number 'x'\npart line lines → Lines\n"
                                                "field Amount amount\n"
                                                "wrong flow/bill.line ✗ Lines needs 'Name'"},
    {"given twice", BILL "field Number 'x'\nfield Number 'y'\n"
                         "wrong flow/bill.Number ✗ it is given twice"},
    {"read only", BILL "field Number 'x'\nfield BillID id\n"
                       "wrong flow/bill.BillID ✗ only the other side sets BillID"},
    {"no such field", BILL "field Number 'x'\nfield Curency 'EUR'\n"
                           "wrong flow/bill.Curency ✗ there is no such field; did you mean "
                           "'Currency'"},
    {"a choice of the target", "mapping bill things → bills\nfield Number 'x'\n"
                               "field Status 'DRAFTS'\n"
                               "wrong flow/bill.Status ✗ 'DRAFTS' is not one of DRAFT|PAID; did "
                               "you mean 'DRAFT'"},
    {"text where a choice is needed", "mapping bill things → bills\nfield Number 'x'\n"
                                      "field Status id\n"
                                      "wrong flow/bill.Status ✗ wants one of DRAFT|PAID, not text"},
    {"a reference to another list", BILL "field Number 'x'\nfield Owner owner\n"
                                         "wrong flow/bill.Owner ✗ wants a reference to bills"},
    {"lines from an expression", BILL "field Number 'x'\nfield Lines lines\n"
                                      "wrong flow/bill.Lines ✗ is a list of lines; give it a part"},
    {"no such lines", BILL "field Number 'x'\npart line lines → Line\nfield Name 'x'\n"
                           "wrong flow/bill.line ✗ there are no lines called 'Line'; did you mean "
                           "'Lines'"},
    {"a part over a whole list", BILL "field Number 'x'\npart line users → Lines\n"
                                      "field Name name\n"
                                      "wrong flow/bill.line ✗ a part goes over a list of records"},
    {"a guard without a code", BILL "skip n > 1 because too many\nfield Number 'x'\n"
                                    "wrong flow/bill guard 1 ✗ a reason is 'code: sentence'"},
    {"a verdict for answers only", BILL "retry n > 1 because x: x\nfield Number 'x'\n"
                                        "wrong flow/bill guard 1 ✗ RETRY and TAKEN are for "
                                        "answers"},
    {"a code in capitals", BILL "skip n > 1 because Many: too many\nfield Number 'x'\n"
                                "wrong flow/bill guard 1 ✗ a reason is 'code: sentence'"},
    {"a word that gone does not know", BILL "field Number 'x'\ngone 'delete'\n"
                                            "wrong flow/bill gone ✗ 'delete' is not one of "
                                            "leave|hold|remove"},
    {"approve by a number", BILL "field Number 'x'\napprove n\n"
                                 "wrong flow/bill approve ✗ wants text"},
    {"from no list", "mapping bill thing → bills\nfield Number 'x'\n"
                     "wrong flow/bill ✗ there is no list 'thing'; did you mean 'things'"},
    {"from no list inside", "mapping bill things.line → bills\nfield Number 'x'\n"
                            "wrong flow/bill ✗ things has no list 'line' inside; did you mean "
                            "'lines'"},
    {"to no list", "mapping bill things → bill\nfield Number 'x'\n"
                   "wrong flow/bill ✗ there is no list 'bill'; did you mean 'bills'"},
    {"to a list that cannot be written", "list seen *id: text, name: text?\n"
                                         "mapping bill things → seen\nfield id id\n"
                                         "wrong flow/bill ✗ seen cannot be written"},
    {"an override of nothing", BILL "field Number 'x'\noverride bil.Number 'y'\n"
                                    "wrong mappings bil.Number ✗ there is no such mapping"},
    {"an override of no field", BILL "field Number 'x'\noverride bill.Nmber 'y'\n"
                                     "wrong bill.Nmber ✗ there is no such field; did you mean "
                                     "'Number'"},
    {"an override that does not fit", BILL "field Number 'x'\noverride bill.Number n\n"
                                           "wrong bill.Number ✗ wants text, not decimal"},
};

static const struct wrong wholes[] = {
    {"derived from itself", "derive things.a a + 1\n"
                            "wrong things.a ✗ 'a' is derived from itself"},
    {"derived in a circle", "derive things.a b + 1\nderive things.b a + 1\n"
                            "wrong things. ✗ is derived from itself"},
    {"derived twice", "derive things.a n\nderive things.a n\n"
                      "wrong things.a ✗ things has a field 'a' already"},
    {"derived in the place of a field", "derive things.n 1\n"
                                        "wrong things.n ✗ things has a field 'n' already"},
    {"a list named twice", "list users *id: text\nwrong list users ✗ two lists have this name"},
    {"a type that cannot be read", "list broken *id text\nwrong list broken ✗ expected :"},
    {"a reference to no list", "list more *id: text, of: thing\n"
                               "wrong more.of ✗ there is no list or type 'thing'"},
    {"a reference to no list, in a line", "list more *id: text, all: [*id: text, of: thing]\n"
                                          "wrong more.all.of ✗ there is no list or type 'thing'"},
    {"a currency that is no text", "list more *id: text, n: decimal, m: money(n)\n"
                                   "wrong more.m ✗ the currency is decimal"},
    {"an option that is no name", "option a.b text\nwrong option a.b ✗ 'a.b' is no name"},
    {"a list that is called like one of Xero", "sink xero.Users *id: text\n"
                                               "wrong list xero.Users ✗ is no name"},
    {"a mapping that is no name", "mapping bill/2 things → bills\nfield Number 'x'\n"
                                  "wrong flow/bill/2 ✗ 'bill/2' is no name"},
    {"a part that is no name", BILL "field Number 'x'\npart 1 lines → Lines\nfield Name 'x'\n"
                                    "wrong flow/bill.1 ✗ '1' is no name"},
    {"a derived field that is no name", "derive things.a-b n\n"
                                        "wrong things.a-b ✗ 'a-b' is no name"},
    {"an option nobody uses", "option unused text\nwrong option unused ✗ nothing uses it"},
    {"two options of one name", "option a text\noption a text\n"
                                "wrong option a ✗ two options have this name"},
    {"two mappings of one name", BILL "field Number 'x'\n" BILL "field Number 'x'\n"
                                      "wrong flow/bill ✗ two mappings have the name 'bill'"},
    {"two writers",
     BILL "field Number 'x'\nmapping other things → bills\nfield Status 'PAID'\n"
          "field Number 'y'\n"
          "wrong flow/other ✗ 'bill' writes bills from the same records; give both a "
          "guard"},
    {"a circle of two", BILL "field Number @other.id ?? ''\nmapping other things → bills\n"
                             "skip n > 1 because x: x\nfield Status 'PAID'\n"
                             "field Number @bill.id ?? ''\n"
                             "wrong flow/bill ✗ goes round in a circle: bill → other → bill"},
    {"a circle through a derived field", "derive things.known @other.id\n" BILL
                                         "field Number known ?? ''\nmapping other things → bills\n"
                                         "skip n > 1 because x: x\nfield Status 'PAID'\n"
                                         "field Number @bill.id ?? ''\n"
                                         "wrong flow/bill ✗ goes round in a circle"},
    {"an echo through a third list",
     "kept one *id: text\nkept two *id: text\nkept three *id: text\n"
     "mapping a one → two\nfield id id\nmapping b two → three\nfield id id\n"
     "mapping c three → one\nfield id id\n"
     "wrong flow/a ✗ what it makes in two comes back to one by other mappings"},
    {"an echo of a group",
     "kept one *id: text\nkept two *id: text\n"
     "mapping a group(one, id: id) → two\nfield id id\nmapping b two → one\nfield id id\n"
     "wrong flow/a ✗ what it makes in two comes back to one by other mappings"},
    {"an old name that is still there", BILL "field Number 'x'\nmapping other things → bills\n"
                                             "skip n > 1 because x: x\nfield Status 'PAID'\n"
                                             "field Number 'y'\nwas bill\n"
                                             "wrong flow/other ✗ it was 'bill', but there is a "
                                             "mapping of that name"},
    {"one's own document is no circle", BILL "skip @bill.state == 'done' because x: x\n"
                                             "field Number 'x'\nfield Nmber 'x'\n"
                                             "wrong bill.Nmber ✗ no such field"},
};

#endif
