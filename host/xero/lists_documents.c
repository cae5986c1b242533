/* What is booked: documents, payments and the files that hang on them. */
/* clang-format off: one row per line */
#include "xero/lists.h"

const struct ferry_list xero_document_lists[] = {
    {.name = "xero.Invoices",
     .about = "bills (ACCPAY) and sales invoices (ACCREC)",
     .record = "*InvoiceID: text!,"
               "Type: 'ACCPAY'|'ACCREC',"
               "Status: 'DRAFT'|'SUBMITTED'|'AUTHORISED'|'PAID'|'VOIDED'|'DELETED',"
               "Contact.ContactID: xero.Contacts,"
               "InvoiceNumber: text(255)?,"
               "Reference: text(255)?,"
               "Date: date,"
               "DueDate: date?," LINE_AMOUNT_TYPES "CurrencyCode: text?,"
               "CurrencyRate: decimal?,"
               "Url: text?,"
               "SubTotal: money(CurrencyCode)!?,"
               "TotalTax: money(CurrencyCode)!?,"
               "Total: money(CurrencyCode)!,"
               "AmountDue: money(CurrencyCode)!,"
               "AmountPaid: money(CurrencyCode)!?,"
               "AmountCredited: money(CurrencyCode)!?,"
               "FullyPaidOnDate: date!?," LINE_ITEMS,
     .read = READ(.get = "GET " API "Invoices?unitdp=4", .records = "Invoices.*", PAGES, SINCE,
                  .ids = "IDs={ids}"),
     .write = WRITE(BATCH("Invoices", "&unitdp=4", 50),
                    .remove = "POST " API "Invoices/{InvoiceID}", .marker = "Url")},

    {.name = "xero.CreditNotes",
     .about = "credit notes of suppliers (ACCPAYCREDIT) and to customers (ACCRECCREDIT)",
     .record = "*CreditNoteID: text!,"
               "Type: 'ACCPAYCREDIT'|'ACCRECCREDIT',"
               "Status: 'DRAFT'|'SUBMITTED'|'AUTHORISED'|'PAID'|'VOIDED'|'DELETED',"
               "Contact.ContactID: xero.Contacts,"
               "CreditNoteNumber: text(255)?,"
               "Reference: text(255)?,"
               "Date: date," LINE_AMOUNT_TYPES "CurrencyCode: text?,"
               "CurrencyRate: decimal?,"
               "Total: money(CurrencyCode)!,"
               "RemainingCredit: money(CurrencyCode)!?," LINE_ITEMS,
     .read =
         READ(.get = "GET " API "CreditNotes?unitdp=4", .records = "CreditNotes.*", PAGES, SINCE),
     .write =
         WRITE(BATCH("CreditNotes", "&unitdp=4", 50),
               .remove = "POST " API "CreditNotes/{CreditNoteID}", .marker = "CreditNoteNumber")},

    {.name = "xero.Payments",
     .about = "money that pays a bill, an invoice or a credit note",
     .record = "*PaymentID: text!,"
               "Invoice.InvoiceID: xero.Invoices?,"
               "CreditNote.CreditNoteID: xero.CreditNotes?,"
               "Account.AccountID: xero.Accounts,"
               "Date: date,"
               "Amount: money(Invoice.InvoiceID.CurrencyCode ??"
               "              CreditNote.CreditNoteID.CurrencyCode ?? org.BaseCurrency),"
               "BankAmount: money(Account.AccountID.CurrencyCode ?? org.BaseCurrency)?,"
               "CurrencyRate: decimal?,"
               "Reference: text(255)?,"
               "IsReconciled: bool?,"
               "BatchPaymentID: text!?,"
               "Status: 'AUTHORISED'|'DELETED'!,"
               "PaymentType: text!?",
     .read = READ(.get = "GET " API "Payments", .records = "Payments.*", PAGES, SINCE),
     .write = WRITE(.create = "PUT " API "Payments?summarizeErrors=false",
                    .remove = "POST " API "Payments/{PaymentID}", .body = "Payments.*",
                    .results = "Payments.*", .error = "ValidationErrors.*.Message",
                    .marker = "Reference", .batch = 50)},

    {.name = "xero.BankTransactions",
     .about = "money spent or received without a bill",
     .record = "*BankTransactionID: text!,"
               "Type: 'SPEND'|'RECEIVE'|'SPEND-OVERPAYMENT'|'RECEIVE-OVERPAYMENT'|"
               "      'SPEND-PREPAYMENT'|'RECEIVE-PREPAYMENT'|'SPEND-TRANSFER'|"
               "      'RECEIVE-TRANSFER',"
               "BankAccount.AccountID: xero.Accounts,"
               "Contact.ContactID: xero.Contacts?,"
               "Date: date,"
               "Reference: text(255)?,"
               "Status: 'AUTHORISED'|'DELETED'|'VOIDED'!,"
               "IsReconciled: bool?," LINE_AMOUNT_TYPES "CurrencyCode: text?,"
               "CurrencyRate: decimal?,"
               "Url: text?,"
               "Total: money(CurrencyCode)!," LINE_ITEMS,
     .read = READ(.get = "GET " API "BankTransactions?unitdp=4", .records = "BankTransactions.*",
                  PAGES, SINCE),
     .write = WRITE(BATCH("BankTransactions", "&unitdp=4", 50),
                    .remove = "POST " API "BankTransactions/{BankTransactionID}", .marker = "Url")},

    {.name = "xero.BankTransfers",
     .about = "money moved between two bank accounts of one currency",
     .record = "*BankTransferID: text!,"
               "FromBankAccount.AccountID: xero.Accounts,"
               "ToBankAccount.AccountID: xero.Accounts,"
               "Amount: money(FromBankAccount.AccountID.CurrencyCode ?? org.BaseCurrency),"
               "Date: date,"
               "Reference: text(255)?,"
               "Status: 'AUTHORISED'|'DELETED'!?",
     .read = READ(.get = "GET " API "BankTransfers?includeDeleted=true",
                  .records = "BankTransfers.*", SINCE),
     .write = WRITE(.create = "PUT " API "BankTransfers",
                    .remove = "POST " API "BankTransfers/{BankTransferID}",
                    .body = "BankTransfers.*", .results = "BankTransfers.*",
                    .error = "ValidationErrors.*.Message", .marker = "Reference", .batch = 1)},

    {.name = "xero.ManualJournals",
     .about = "journals that people or payroll post",
     .record = "*ManualJournalID: text!,"
               "Narration: text(4000),"
               "Date: date,"
               "Status: 'DRAFT'|'POSTED'|'DELETED'|'VOIDED'|'ARCHIVED'," LINE_AMOUNT_TYPES
               "ShowOnCashBasisReports: bool?,"
               "Url: text?,"
               "JournalLines: ["
               "  *JournalLineID: position!,"
               "  LineAmount: money(org.BaseCurrency),"
               "  Description: text(4000)?,"
               "  TaxType: text?,"
               "  AccountID: xero.Accounts?,"
               "  AccountCode: text(10)?,"
               "  " TRACKING "]",
     .read = READ(.get = "GET " API "ManualJournals", .records = "ManualJournals.*", PAGES, SINCE),
     .write = WRITE(BATCH("ManualJournals", "", 50),
                    .remove = "POST " API "ManualJournals/{ManualJournalID}", .marker = "Url")},

    {.name = "xero.PurchaseOrders",
     .about = "orders to suppliers",
     .record = "*PurchaseOrderID: text!,"
               "PurchaseOrderNumber: text(255),"
               "Status: 'DRAFT'|'SUBMITTED'|'AUTHORISED'|'BILLED'|'DELETED',"
               "Contact.ContactID: xero.Contacts,"
               "Date: date,"
               "DeliveryDate: date?,"
               "Reference: text(255)?,"
               "DeliveryInstructions: text(500)?," LINE_AMOUNT_TYPES "CurrencyCode: text?,"
               "CurrencyRate: decimal?,"
               "Total: money(CurrencyCode)!," LINE_ITEMS,
     .read = READ(.get = "GET " API "PurchaseOrders", .records = "PurchaseOrders.*", PAGES, SINCE),
     .write =
         WRITE(BATCH("PurchaseOrders", "", 50),
               .remove = "POST " API "PurchaseOrders/{PurchaseOrderID}", .marker = "Reference")},

    {.name = "xero.Attachments",
     .about = "files on documents",
     .record = "*AttachmentID: text!,"
               "On: xero.Invoices|xero.CreditNotes|xero.BankTransactions|xero.ManualJournals|"
               "    xero.PurchaseOrders,"
               "FileName: text(255)?,"
               "Content: file",
     .write = WRITE(.create = "PUT {On}/Attachments/{FileName}", .body = "Content",
                    .results = "Attachments.*", .marker = "FileName", .batch = 1)},

    {.name = "xero.StatementLines",
     .about = "a bank feed where Xero grants one, else a file to import by hand",
     .record = "*id: text(50),"
               "account: xero.Accounts,"
               "date: date,"
               "amount: money(account.CurrencyCode ?? org.BaseCurrency),"
               "payee: text(255)?,"
               "description: text(2000)?,"
               "reference: text(255)?",
     .write = WRITE(.create = "POST /bankfeeds.xro/1.0/Statements", .body = "items.*",
                    .results = "items.*", .batch = 25)},
};

const unsigned xero_document_list_count = sizeof xero_document_lists / sizeof *xero_document_lists;
