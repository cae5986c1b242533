/*
 * What a body may hold. "Name:type": s text (s50: at most so long), n number, b truth, d date,
 * g GUID; a name in capitals is another shape, with [] a list of it. What Xero reckons itself is
 * not here: a host that sends it means something that will not happen.
 */
#include "strict.h"

/* clang-format off: a table */
#define DOCUMENT_FIELDS                                                                            \
    "Type:s Contact:ContactReference LineItems:LineItem[] Date:d LineAmountTypes:s "               \
    "Reference:s255 BrandingThemeID:g CurrencyCode:s3 CurrencyRate:n Status:s "                    \
    "SubTotal:n TotalTax:n Total:n "

const struct shape shapes[] = {
    {"Invoice", DOCUMENT_FIELDS "InvoiceID:g InvoiceNumber:s255 DueDate:d Url:s SentToContact:b "
                                "ExpectedPaymentDate:d PlannedPaymentDate:d"},
    {"CreditNote", DOCUMENT_FIELDS "CreditNoteID:g CreditNoteNumber:s255 DueDate:d"},
    {"BankTransaction", DOCUMENT_FIELDS "BankTransactionID:g BankAccount:AccountReference Url:s "
                                        "IsReconciled:b"},
    {"LineItem", "LineItemID:g Description:s4000 Quantity:n UnitAmount:n ItemCode:s30 "
                 "AccountCode:s10 AccountID:g TaxType:s TaxAmount:n LineAmount:n DiscountRate:n "
                 "DiscountAmount:n Tracking:LineTracking[]"},
    {"LineTracking", "TrackingCategoryID:g TrackingOptionID:g Name:s100 Option:s100"},
    {"ContactReference", "ContactID:g ContactNumber:s50 Name:s255"},
    {"AccountReference", "AccountID:g Code:s10"},
    {"InvoiceReference", "InvoiceID:g InvoiceNumber:s255"},
    {"CreditNoteReference", "CreditNoteID:g CreditNoteNumber:s255"},
    {"Payment", "PaymentID:g Invoice:InvoiceReference CreditNote:CreditNoteReference "
                "Account:AccountReference Date:d CurrencyRate:n Amount:n BankAmount:n "
                "Reference:s255 IsReconciled:b Status:s"},
    {"Contact", "ContactID:g ContactNumber:s50 AccountNumber:s50 ContactStatus:s Name:s255 "
                "FirstName:s255 LastName:s255 CompanyNumber:s50 EmailAddress:s255 "
                "ContactPersons:ContactPerson[] BankAccountDetails:s TaxNumber:s50 "
                "AccountsReceivableTaxType:s AccountsPayableTaxType:s Addresses:Address[] "
                "Phones:Phone[] DefaultCurrency:s3 SalesDefaultAccountCode:s10 "
                "PurchasesDefaultAccountCode:s10 PaymentTerms:PaymentTerms"},
    {"ContactPerson", "FirstName:s255 LastName:s255 EmailAddress:s255 IncludeInEmails:b"},
    {"Address", "AddressType:s AddressLine1:s500 AddressLine2:s500 AddressLine3:s500 "
                "AddressLine4:s500 City:s255 Region:s255 PostalCode:s50 Country:s50 "
                "AttentionTo:s255"},
    {"Phone", "PhoneType:s PhoneNumber:s50 PhoneAreaCode:s10 PhoneCountryCode:s20"},
    {"PaymentTerms", "Bills:PaymentTerm Sales:PaymentTerm"},
    {"PaymentTerm", "Day:n Type:s"},
    {"Account", "AccountID:g Code:s10 Name:s150 Type:s BankAccountNumber:s Status:s "
                "Description:s4000 BankAccountType:s CurrencyCode:s3 TaxType:s "
                "EnablePaymentsToAccount:b ShowInExpenseClaims:b AddToWatchlist:b"},
    {"Currency", "Code:s3 Description:s"},
    {"TaxRate", "Name:s50 TaxType:s TaxComponents:TaxComponent[] Status:s ReportTaxType:s"},
    {"TaxComponent", "Name:s Rate:n IsCompound:b IsNonRecoverable:b"},
    {"TrackingCategory", "TrackingCategoryID:g Name:s100 Status:s"},
    {"TrackingOption", "TrackingOptionID:g Name:s100 Status:s"},
    {"HistoryRecord", "Details:s2500"},
    /* Payhawk's */
    {"AccountCode", "name:s code:s defaultTaxCode:s"},
    {"NewTaxRate", "name:s code:s rate:n"},
    {"ExternalTeam", "label:s externalId:s"},
    {"Amortization", "label:s externalId:s"},
    {"ExpensePatch", "externalLinks:ExternalLink[]"},
    {"ExternalLink", "title:s url:s"},
    {"BankPayment", "date:s paymentReference:s accountNumber:s"},
    {"CustomField", "label:s isRequired:b description:s externalId:s externalSource:s"},
    {"CustomFieldValue", "label:s externalId:s"},
    {"SupplierStatus", "status:s"},
    {"Supplier", "name:s taxId:s countryCode:s externalId:s customFields:Anything[] address:s "
                 "uic:s vat:s contactName:s contactEmail:s contactPhone:s bankAccounts:Anything[] "
                 "externalSource:s auditNote:s"},
    {"Anything", NULL},
};
/* clang-format on */

const size_t shape_count = sizeof shapes / sizeof *shapes;
