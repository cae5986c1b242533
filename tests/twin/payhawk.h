/* The Payhawk side: what its files share. */
#ifndef FERRY_TWIN_PAYHAWK_H
#define FERRY_TWIN_PAYHAWK_H

#include "strict.h"
#include "twin.h"
#include "values.h"

typedef void payhawk_fn(struct twin *twin, struct request *q, struct reply *r);

/* Key, account and rate are looked at, then `handler` runs. */
void payhawk_gate(struct twin *twin, struct request *q, struct reply *r, payhawk_fn *handler);
void payhawk_error(struct reply *r, int status, const char *code, const char *message);

/* 1 matches, 0 does not, -1 the filter is not one. Dates of `days` fields lose their time. */
int filter_matches(const json_t *filter, const json_t *record, const char *allowed,
                   const char *days);

/* The list of the seed under this name; made when absent; borrowed. */
json_t *payhawk_list(const struct twin *twin, const char *name);
/* The member whose "id" this is; NULL when absent. */
json_t *payhawk_find(const json_t *list, const char *id);

payhawk_fn payhawk_accounts, payhawk_account, payhawk_get_list, payhawk_get_one, payhawk_expenses,
    payhawk_expense, payhawk_payments, payhawk_detail, payhawk_statement, payhawk_deposits,
    payhawk_deposit, payhawk_suppliers, payhawk_patch_expense, payhawk_bank_payment,
    payhawk_put_list, payhawk_new_field, payhawk_change_field, payhawk_values, payhawk_change_value,
    payhawk_new_supplier, payhawk_reimbursement, payhawk_supplier_fields, payhawk_change_supplier,
    payhawk_file;

#endif
