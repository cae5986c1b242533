// What somebody would write instead of Ferry for card expenses: the official client xero-node, batches of 50, five in flight, an
// Idempotency-Key for each batch, and a file that remembers what was done. It fetches expenses and settled money from Payhawk, makes
// suppliers, bills and payments in Xero, and does nothing a second time that its file knows of.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";

const settings = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { XeroClient } = createRequire(settings.modules + "/")("xero-node");
const BATCH = 50, IN_FLIGHT = 5, TRIES = 5;

const done = fs.existsSync(settings.state) ? JSON.parse(fs.readFileSync(settings.state, "utf8")) : { contacts: {}, bills: {}, payments: {} };
function remember() {
  fs.writeFileSync(settings.state + ".new", JSON.stringify(done));
  fs.renameSync(settings.state + ".new", settings.state);
}

// ---- Payhawk

async function payhawk(path) {
  const reply = await fetch(`${settings.payhawk}/api/v3/accounts/${settings.account}/${path}`, { headers: { "X-Payhawk-ApiKey": settings.key } });
  if (!reply.ok) throw new Error(`Payhawk answered ${reply.status}`);
  return reply.json();
}

async function allOf(path, member) {
  const all = [];
  for (let page = { total: 1 }; all.length < page.total;) {
    page = await payhawk(`${path}?$skip=${all.length}&$take=1000`);
    all.push(...page[member]);
  }
  return all;
}

// ---- Xero

const xero = new XeroClient({ clientId: settings.client_id, clientSecret: settings.client_secret, grantType: "client_credentials" });
xero.accountingApi.basePath = `${settings.xero}/api.xro/2.0`;

async function login() {
  const reply = await fetch(`${settings.xero}/identity/connect/token`, {
    method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded",
      Authorization: "Basic " + Buffer.from(`${settings.client_id}:${settings.client_secret}`).toString("base64") },
    body: "grant_type=client_credentials&scope=accounting.settings accounting.contacts accounting.invoices accounting.payments" });
  xero.setTokenSet(await reply.json());
  xero.accountingApi.accessToken = xero.readTokenSet().access_token;
}

async function withRetry(call) {
  for (let n = 1; ; n++) {
    try {
      return await call();
    } catch (error) {
      const status = error?.response?.statusCode ?? JSON.parse(typeof error === "string" ? error : "{}")?.response?.statusCode;
      if (n >= TRIES || (status !== undefined && status !== 429 && status < 500)) throw error;
      await new Promise((wake) => setTimeout(wake, 1000 * n));
    }
  }
}

// Batches of 50, five in flight; `send` gets the batch and its key.
async function inBatches(items, send) {
  const batches = [];
  for (let i = 0; i < items.length; i += BATCH) batches.push(items.slice(i, i + BATCH));
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    for (let batch; (batch = batches.shift());) {
      const key = createHash("sha256").update(JSON.stringify(batch.map((item) => item.key))).digest("hex").slice(0, 64);
      await withRetry(() => send(batch, key));
      remember();
    }
  }));
}

function written(kind, batch, elements, id) {
  elements.forEach((element, i) => {
    if (element.hasErrors) console.error(`${kind} ${batch[i].key}: ${JSON.stringify(element.validationErrors)}`);
    else done[kind][batch[i].key] = element[id];
  });
}

// ---- the work

const day = (instant) => instant?.slice(0, 10);
const fold = (text) => text.trim().toLowerCase();

async function contacts(expenses, tenant) {
  const known = {};
  for (let page = 1, some; page === 1 || some.length; page++) {
    some = (await withRetry(() => xero.accountingApi.getContacts(tenant, undefined, undefined, undefined, undefined, page))).body.contacts;
    for (const contact of some) known[fold(contact.name)] = contact.contactID;
  }
  const wanted = new Map();
  for (const { supplier } of expenses) {
    const key = fold(supplier.name);
    if (known[key]) done.contacts[key] = known[key];
    else if (!done.contacts[key]) {
      wanted.set(key, { key, body: { name: supplier.name, emailAddress: supplier.contactEmail, taxNumber: supplier.vat,
        addresses: [{ addressType: "STREET", addressLine1: supplier.address }] } });
    }
  }
  await inBatches([...wanted.values()], async (batch, key) => {
    const reply = await xero.accountingApi.createContacts(tenant, { contacts: batch.map((item) => item.body) }, false, key);
    written("contacts", batch, reply.body.contacts, "contactID");
  });
}

function line(expense, item, accounts) {
  const { reconciliation: sums, taxRate } = item;
  const tracking = (sums.customFields ?? []).filter((field) => field.externalSource === "xero" && field.selectedValues.length === 1)
    .map((field) => ({ trackingCategoryID: field.externalId, trackingOptionID: field.selectedValues[0].externalId }));
  return { description: `${expense.createdBy.firstName} ${expense.createdBy.lastName ?? ""} | ${item.note ?? expense.note ?? "(no note)"}`,
    quantity: 1, unitAmount: sums.totalAmount, taxType: taxRate?.code, taxAmount: sums.taxAmount,
    accountID: accounts[sums.accountCode], ...(tracking.length ? { tracking } : {}) };
}

function bill(expense, accounts) {
  const { document } = expense, lines = expense.lineItems.length ? expense.lineItems : [expense];
  return { type: "ACCPAY", status: "AUTHORISED", contact: { contactID: done.contacts[fold(expense.supplier.name)] },
    invoiceNumber: document?.documentNumber ?? `expense-${expense.id}`, date: day(document?.documentDate ?? expense.createdAt),
    dueDate: day(document?.documentDate ?? expense.createdAt), lineAmountTypes: "Inclusive", currencyCode: expense.reconciliation.currency,
    url: `https://portal.payhawk.com/expenses/${expense.id}?account=${settings.account}`, lineItems: lines.map((item) => line(expense, item, accounts)) };
}

async function main() {
  const tenant = settings.tenant;
  await login();
  const accounts = {};
  for (const account of (await xero.accountingApi.getAccounts(tenant)).body.accounts) accounts[account.code] = account.accountID;
  const expenses = (await allOf("expenses", "items")).filter((expense) => expense.type === "card" && expense.status === "ready" &&
    expense.reviewedAt && expense.settledAt);
  const lines = await allOf(`fund-accounts/${settings.fund}/bank-statement`, "lines");
  const settled = lines.filter((one) => one.type === "debit");

  await contacts(expenses, tenant);
  await inBatches(expenses.filter((expense) => !done.bills[expense.id]).map((expense) => ({ key: expense.id, body: bill(expense, accounts) })),
    async (batch, key) => {
      const reply = await xero.accountingApi.createInvoices(tenant, { invoices: batch.map((item) => item.body) }, false, 4, key);
      written("bills", batch, reply.body.invoices, "invoiceID");
    });
  await inBatches(settled.filter((one) => !done.payments[one.id] && done.bills[one.expenseIds[0]]).map((one) => ({ key: one.id, body: {
    invoice: { invoiceID: done.bills[one.expenseIds[0]] }, account: { accountID: accounts[settings.bank] }, date: day(one.date), amount: one.amount } })),
    async (batch, key) => {
      const reply = await xero.accountingApi.createPayments(tenant, { payments: batch.map((item) => item.body) }, false, key);
      written("payments", batch, reply.body.payments, "paymentID");
    });
  console.log(`${Object.keys(done.bills).length} bills, ${Object.keys(done.payments).length} payments`);
}

main().catch((error) => {
  console.error(error?.response?.body ?? error?.message ?? error);
  process.exit(1);
});
