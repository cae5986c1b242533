/* clang-format off */
/*
 * What is read from Procore, written to it, kept between the two, and filled in by people.
 *
 * v1 answers are bare arrays with whole numbers as ids, v2 answers stand under "data" with texts as
 * ids; both are the same 64-bit numbers, so a reference from one to the other holds. Amounts are
 * texts ("1000.0").
 */
#ifndef PROCORE_LISTS_H
#define PROCORE_LISTS_H

#define COMPANY "company_id={option.company}"
#define V2      "/rest/v2.0/companies/{option.company}/projects/"

/* v2 gives 10 records a page unless asked for more, and 100 at most; v1 takes 100 too. */
#define PAGES   .page = "page={page}&per_page=100"
/* Three dots between two instants; the second is always in the future. */
#define CHANGED .since = "filters[updated_at]={since}...2099-12-31T00:00:00Z", .overlap_s = 600
#define CHOSEN  .ids = "filters[id]=[{ids}]"

/* The currency of a project or contract stands in it when the company uses several. */
#define CURRENCY_FIELDS "currency_configuration.currency_iso_code: text?,"
#define ITS_CURRENCY    {"currency", "currency_configuration.currency_iso_code ?? org.BaseCurrency"}

/*
 * What people filled in for a cost code: first for exactly this code, then for its first two
 * characters, which are the division ("03" for 03-100.M): one row for many codes.
 */
#define OF_CODE(code, column)   OF_A_CODE(code " ?? '-'", column)
#define OF_A_CODE(code, column) "code_map[" code "]." column " ?? code_map[cut(" code ", 2)]." column

/* The Xero tax rate of a tax code, where people chose to map them; else Xero takes the account's. */
#define OF_TAX_CODE(tax_code)                                                                              \
    "if(option.tax == 'mapped' and exists(" tax_code "), tax_map[" tax_code "].rate.TaxType"               \
    " ?? hold('tax-unmapped: Say which tax rate of Xero this tax code is: ferry do … tax_map.'))"

static const struct ferry_list lists[] = {
#include "lists_directory.h"

#include "lists_commitments.h"

#include "lists_invoices.h"

#include "lists_owner.h"

#include "lists_costs.h"

#include "lists_forms.h"
};

#endif
