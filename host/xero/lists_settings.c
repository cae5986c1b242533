/* What is set up in an organisation: settings, people and things that documents refer to. */
/* clang-format off: one row per line */
#include "xero/lists.h"

const struct ferry_list xero_setting_lists[] = {
    {.name = "xero.Organisation",
     .about = "the organisation itself",
     .record = "*OrganisationID: text!,"
               "Name: text!,"
               "BaseCurrency: text!,"
               "CountryCode: text!?,"
               "Timezone: text!,"
               "Version: text!?,"
               "Edition: text!?,"
               "Class: text!?,"
               "ShortCode: text!?,"
               "OrganisationStatus: text!?,"
               "IsDemoCompany: bool!?,"
               "PeriodLockDate: date!?,"
               "EndOfYearLockDate: date!?,"
               "DefaultSalesTax: text!?,"
               "DefaultPurchasesTax: text!?",
     .read = READ(.get = "GET " API "Organisation", .records = "Organisations.*", .complete = 1)},

    {.name = "xero.Currencies",
     .about = "the currencies the organisation may use",
     .record = "*Code: text(3),"
               "Description: text!?",
     .read = READ(.get = "GET " API "Currencies", .records = "Currencies.*", .complete = 1),
     .write = WRITE(SINGLE("Currencies", "PUT " API "Currencies"))},

    {.name = "xero.Accounts",
     .about = "the chart of accounts, bank accounts among them",
     .record = "*AccountID: text!,"
               "Code: text(10)?,"
               "Name: text(150),"
               "Type: 'BANK'|'CURRENT'|'CURRLIAB'|'DEPRECIATN'|'DIRECTCOSTS'|'EQUITY'|'EXPENSE'|"
               "      'FIXED'|'INVENTORY'|'LIABILITY'|'NONCURRENT'|'OTHERINCOME'|'OVERHEADS'|"
               "      'PREPAYMENT'|'REVENUE'|'SALES'|'TERMLIAB'|'PAYG',"
               "Class: 'ASSET'|'EQUITY'|'EXPENSE'|'LIABILITY'|'REVENUE'!?,"
               "Status: 'ACTIVE'|'ARCHIVED'|'DELETED'!,"
               "Description: text(4000)?,"
               "BankAccountNumber: text?,"
               "BankAccountType: text?,"
               "CurrencyCode: text?,"
               "TaxType: text?,"
               "EnablePaymentsToAccount: bool?,"
               "ShowInExpenseClaims: bool?,"
               "SystemAccount: text!?",
     .read = READ(.get = "GET " API "Accounts", .records = "Accounts.*", SINCE, .complete = 1),
     .write = WRITE(SINGLE("Accounts", "PUT " API "Accounts"),
                    .update = "POST " API "Accounts/{AccountID}",
                    .remove = "POST " API "Accounts/{AccountID}")},

    {.name = "xero.TaxRates",
     .about = "tax rates, by the code that lines carry",
     .record = "*TaxType: text!,"
               "Name: text,"
               "Status: 'ACTIVE'|'DELETED'|'ARCHIVED'|'PENDING'!,"
               "EffectiveRate: decimal!?,"
               "DisplayTaxRate: decimal!?,"
               "ReportTaxType: text?,"
               "CanApplyToAssets: bool!,"
               "CanApplyToEquity: bool!,"
               "CanApplyToExpenses: bool!,"
               "CanApplyToLiabilities: bool!,"
               "CanApplyToRevenue: bool!",
     .read = READ(.get = "GET " API "TaxRates", .records = "TaxRates.*", .complete = 1),
     .write = WRITE(SINGLE("TaxRates", "PUT " API "TaxRates"), .update = "POST " API "TaxRates",
                    .body = "TaxRates.*")},

    {.name = "xero.TrackingCategories",
     .about = "what lines are tracked by, four at most",
     .record = "*TrackingCategoryID: text!,"
               "Name: text(100),"
               "Status: 'ACTIVE'|'ARCHIVED'|'DELETED'!",
     .read = READ(.get = "GET " API "TrackingCategories?includeArchived=true",
                  .records = "TrackingCategories.*", .complete = 1),
     .write = WRITE(SINGLE("TrackingCategories", "PUT " API "TrackingCategories"),
                    .update = "POST " API "TrackingCategories/{TrackingCategoryID}",
                    .remove = "DELETE " API "TrackingCategories/{TrackingCategoryID}")},

    {.name = "xero.TrackingOptions",
     .about = "the options of a tracking category",
     .record = "*TrackingOptionID: text!,"
               "TrackingCategoryID: xero.TrackingCategories,"
               "Name: text(100),"
               "Status: 'ACTIVE'|'ARCHIVED'|'DELETED'!",
     .read = READ(.get = "GET " API "TrackingCategories/{TrackingCategoryID.TrackingCategoryID}",
                  .records = "TrackingCategories.*.Options.*", .complete = 1),
     .write = WRITE(SINGLE("Options", "PUT " API "TrackingCategories/{TrackingCategoryID}/Options"),
                    .update = "POST " API "TrackingCategories/{TrackingCategoryID}/Options/"
                              "{TrackingOptionID}",
                    .remove = "DELETE " API "TrackingCategories/{TrackingCategoryID}/Options/"
                              "{TrackingOptionID}")},

    {.name = "xero.Contacts",
     .about = "customers, suppliers and people who are owed",
     .record = "*ContactID: text!,"
               "Name: text(255),"
               "ContactNumber: text(50)?,"
               "AccountNumber: text(50)?,"
               "ContactStatus: 'ACTIVE'|'ARCHIVED'|'GDPRREQUEST'!,"
               "FirstName: text(255)?,"
               "LastName: text(255)?,"
               "EmailAddress: text(255)?,"
               "TaxNumber: text(50)?,"
               "CompanyNumber: text(50)?,"
               "DefaultCurrency: text?,"
               "MergedToContactID: text!?,"
               "IsCustomer: bool!?,"
               "IsSupplier: bool!?,"
               "Addresses: ["
               "  *AddressType: 'POBOX'|'STREET',"
               "  AddressLine1: text(500)?,"
               "  AddressLine2: text(500)?,"
               "  City: text(255)?,"
               "  Region: text(255)?,"
               "  PostalCode: text(50)?,"
               "  Country: text(50)?"
               "]?,"
               "Phones: ["
               "  *PhoneType: 'DEFAULT'|'DDI'|'MOBILE'|'FAX'|'OFFICE',"
               "  PhoneNumber: text(50)?,"
               "  PhoneAreaCode: text(10)?,"
               "  PhoneCountryCode: text(20)?"
               "]?",
     .read = READ(.get = "GET " API "Contacts?includeArchived=true", .records = "Contacts.*", PAGES,
                  SINCE, .ids = "IDs={ids}"),
     .write = WRITE(BATCH("Contacts", "", 50))},

    {.name = "xero.Items",
     .about = "what is bought and sold",
     .record = "*ItemID: text!,"
               "Code: text(30),"
               "Name: text(50)?,"
               "Description: text(4000)?,"
               "IsSold: bool?,"
               "IsPurchased: bool?,"
               "IsTrackedAsInventory: bool!?,"
               "SalesDetails.UnitPrice: money(org.BaseCurrency)?,"
               "SalesDetails.AccountCode: text?,"
               "SalesDetails.TaxType: text?,"
               "PurchaseDetails.AccountCode: text?,"
               "PurchaseDetails.TaxType: text?",
     .read = READ(.get = "GET " API "Items?unitdp=4", .records = "Items.*", SINCE),
     .write = WRITE(BATCH("Items", "&unitdp=4", 50))},
};

const unsigned xero_setting_list_count = sizeof xero_setting_lists / sizeof *xero_setting_lists;
