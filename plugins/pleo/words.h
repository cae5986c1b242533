/* Short ways that the files of this connector share: paths, paging, amounts, the wallets. */
/* clang-format off */
#ifndef PLEO_WORDS_H
#define PLEO_WORDS_H

#define COMPANY "company_id={option.company}"

/*
 * Pages are asked for by the cursor of the page before (PL-OAS: CursorPageInfo). The last page may
 * have a cursor too; what comes after it is empty and has none.
 */
#define CURSOR .page = "after={cursor}&limit=100", .next = "pagination.endCursor"

/* Export items count in hundredths, entries in the smallest unit of the currency. Both are read as
 * minor units of ISO 4217: 1500 ISK is 1500 (said for entries; assumed for export items). */
#define HUNDREDTHS(name) name ".currency: text," name ".value: minor(" name ".currency)"
#define SMALLEST(name)   name ".currency: text?," name ".minors: minor(" name ".currency)?"

/* Pleo keeps one company currency; as a rule it is the organisation's. */
#define HOME "(option.wallet_currency ?? org.BaseCurrency)"

/* Bank accounts made by Ferry carry a number that nobody types by chance; it outlives renaming. */
#define OUR_NUMBER(currency) "join('', '000000-PLEO-', " currency ")"

/* Xero takes no document of nothing. */
#define NOT_ZERO SKIP_IF("total == 0", "zero: it comes to nothing")

#endif
