/*
 * Lines of what an export item becomes: account, tax, tracking. The same for money and for bills.
 *
 * Amounts are always sent inclusive of tax, as they left the wallet: so the document comes to the
 * cent to what was paid. Net amounts would have Xero work the tax out anew: 1.23 at 20 % is 1.03
 * net, and 1.03 comes back as 1.24. A reverse charge is not in what was paid and takes nothing out
 * of it: its rate in Xero has an effective rate of 0.
 */
/* clang-format off */
#ifndef PLEO_LINES_H
#define PLEO_LINES_H

/* ---- account ---- */

/*
 * Found by what we made in Pleo, so neither a new code nor a new name in Xero loses it; then by
 * Xero's own id, which Pleo calls the identifier; then by code; then as people said it.
 */
#define ITS_ACCOUNT                                                                                \
    "(if(exists(account.id), @account(account.id).record)"                                         \
    " ?? xero.Accounts[account.identifier ?? '-']"                                                 \
    " ?? find(xero.Accounts, Code == parent.account.code and Status == 'ACTIVE')"                  \
    " ?? account_map[account.code ?? account.name ?? '-'].account)"

/* Pleo's own integration books what has no category to its default account; it is made when the
 * first line needs it. What has a category that Xero does not know is never put there. */
#define NO_CATEGORY                                                                                \
    "if(exists(account.code) or exists(account.name),"                                             \
    " hold('account-unknown: Xero has no account {account.code ?? account.name}. Map the category" \
    " to an active account in Pleo, or fill in account_map.'),"                                    \
    " if(option.without_category == 'default',"                                                    \
    "  note('default-account: A line without a category went to the default account.',"            \
    "       option.default_account ?? @default_account),"                                          \
    "  hold('no-category: A line has no category. Choose one in Pleo and export it again.')))"

#define ACCOUNT_GUARDS                                                                             \
    HOLD_IF("exists(" ITS_ACCOUNT ") and " ITS_ACCOUNT ".Status != 'ACTIVE'",                      \
            "account-archived: The account {" ITS_ACCOUNT ".Name} is archived in Xero. Restore it" \
            " there, or map the category to another one in Pleo."),                                \
    HOLD_IF("exists(" ITS_ACCOUNT ") and " ITS_ACCOUNT ".Type == 'BANK'",                          \
            "account-is-bank: The category is mapped to the bank account {" ITS_ACCOUNT ".Name};"  \
            " Xero books no line to a bank account. Map it to another account in Pleo.")

/* ---- tax ---- */

#define ITS_TAX "(if(exists(tax.id), @tax_code(tax.id).record) ?? xero.TaxRates[tax.code ?? '-'])"
#define LINE_AMOUNT "lineAmount.inWalletCurrency.value"
#define NET_AMOUNT  "netAmount.inWalletCurrency.value"
#define TAX_AMOUNT  "(tax.amount.inWalletCurrency.value ?? money(0, lineAmount.inWalletCurrency.currency))"

/* Never left to the account's default: Xero would take tax out of an amount that has none. */
#define TAX_TYPE                                                                                   \
    ITS_TAX ".TaxType ?? option.no_tax.TaxType ?? xero.TaxRates['NONE'].TaxType"                   \
    " ?? hold('no-tax-rate: Choose the tax rate of lines without tax (option no_tax).')"

#define TAX_GUARDS                                                                                 \
    HOLD_IF("(exists(tax.id) or exists(tax.code)) and not exists(" ITS_TAX ")",                    \
            "tax-unknown: Xero has no tax rate {tax.code}. Choose another tax code in Pleo and"    \
            " export it again."),                                                                  \
    HOLD_IF(NET_AMOUNT " + " TAX_AMOUNT " != " LINE_AMOUNT " and " NET_AMOUNT " != " LINE_AMOUNT,  \
            "tax-amounts: Net {" NET_AMOUNT "} and tax {" TAX_AMOUNT "} do not come to the"        \
            " {" LINE_AMOUNT "} of the line. Look at its tax code in Pleo."),                      \
    HOLD_IF(TAX_AMOUNT " != 0 and " NET_AMOUNT " == " LINE_AMOUNT                                  \
            " and (" ITS_TAX ".EffectiveRate ?? 0) != 0",                                          \
            "tax-not-paid: The {" TAX_AMOUNT "} of tax come on top of what was paid, but the rate" \
            " {" ITS_TAX ".Name} in Xero takes them out of it. Use a reverse-charge rate.")

/* ---- tags ---- */

#define CUSTOMERS "'xero-customers'"

/* By what we made in Pleo; by Xero's ids; by names, as groups made by hand or by Pleo's own
 * integration carry them (assumed). */
#define ITS_OPTION                                                                                 \
    "(@tag(id).record ?? xero.TrackingOptions[code]"                                               \
    " ?? find(xero.TrackingOptions, Name == parent.code"                                           \
    "         and TrackingCategoryID.Name == parent.groupCode and Status == 'ACTIVE'))"
#define FROM_XERO                                                                                  \
    "(exists(" ITS_OPTION ") or exists(xero.TrackingCategories[groupCode])"                        \
    " or any(xero.TrackingCategories, Name == parent.groupCode))"

static const struct ferry_mapping line_parts[] = {
    {.name = "tracking",
     .about = "a tag that came from a tracking category",
     .from = "tags",
     .to = "Tracking",
     .guards = GUARDS(
         SKIP_IF("not " FROM_XERO,
                 "own-tag: a tag of Pleo's own, or a customer: Xero tracks neither"),
         HOLD_IF("not exists(" ITS_OPTION ") or " ITS_OPTION ".Status != 'ACTIVE'",
                 "tag-unknown: The tag {id.name ?? code} is not active in Xero. Choose another one in"
                 " Pleo, or restore it in Xero."),
         HOLD_IF("count(where(parent.tags, groupCode == parent.groupCode)) > 1",
                 "two-tags: A line has two tags of one group, and Xero takes one option of each"
                 " category. Split the line in Pleo.")),
     .fields = FIELDS(
         {"TrackingCategoryID", ITS_OPTION ".TrackingCategoryID"},
         {"TrackingOptionID",   ITS_OPTION})},
};

/* ---- a line ---- */

#define LINE_TEXT                                                                                  \
    "cut(join(' | ', parent.user.name, parent.text, parent.period, parent.guests,"                 \
    "         join(', ', where(tags, groupCode == " CUSTOMERS ").id.name)), 4000)"

/* Money back arrives as negative lines of a negative total: in a document of its own it counts up.
 * (Not by multiplying: a product drops its last zeros, and 12.10 is to stay 12.10.) */
#define AS_POSITIVE(amount) "if(parent.total < 0, -" amount ", " amount ")"

#define LINE(...)                                                                                  \
    {.name = "line",                                                                               \
     .about = "one line of the entry; a split entry has several",                                  \
     .from = "accountingEntryLines",                                                               \
     .to = "LineItems",                                                                            \
     .guards = GUARDS(ACCOUNT_GUARDS, TAX_GUARDS),                                                 \
     .fields = FIELDS({"Description", LINE_TEXT},                                                  \
                      {"Quantity",    "1"},                                                        \
                      {"UnitAmount",  AS_POSITIVE(LINE_AMOUNT)},                                   \
                      {"AccountID",   ITS_ACCOUNT " ?? " NO_CATEGORY},                             \
                      {"TaxType",     TAX_TYPE}, __VA_ARGS__),                                     \
     .parts = ALL(line_parts)}

/* Bank transactions take no tax amount but the one Xero works out. */
static const struct ferry_mapping money_lines[] = {LINE()};

/* Bills take Pleo's. */
static const struct ferry_mapping bill_lines[] = {
    LINE({"TaxAmount", "if(exists(" ITS_TAX ") and " NET_AMOUNT " + " TAX_AMOUNT " == " LINE_AMOUNT ","
                       " " AS_POSITIVE(TAX_AMOUNT) ")"})};

#endif
