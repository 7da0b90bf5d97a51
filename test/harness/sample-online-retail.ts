/**
 * A small file with the columns of the UCI "Online Retail" set and every kind of row that the published one has: sales
 * with and without a customer, repeats, credits, charges, stock written off, and rows that cannot be understood.
 */
export function sampleOnlineRetail(): string {
  const rows = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    '536365,85123A,"HEART, WHITE",6,12/1/10 8:26,2.55,17850,United Kingdom',
    '536365,71053,LANTERN,6,12/1/10 8:26,3.39,17850,United Kingdom',
    '536365,71053,LANTERN,6,12/1/10 8:26,3.39,17850,United Kingdom',
    '536365,POST,POSTAGE,1,12/1/10 8:26,18,17850,United Kingdom',
    '536366,85123a,"HEART, WHITE",2,12/1/10 8:28,2.55,,United Kingdom',
    '536366,22111,BOTTLE,3,12/1/10 8:28,4.65,,United Kingdom',
    'C536379,D,Discount,-1,12/1/10 9:41,27.5,14527,United Kingdom',
    'C536383,85123A,"HEART, WHITE",-1,12/1/10 9:49,2.55,15311,United Kingdom',
    'C536391,22556,TIN,-12,12/1/10 10:24,1.65,17548,United Kingdom',
    '536544,DOT,DOTCOM POSTAGE,1,12/1/10 14:32,569.77,,United Kingdom',
    '536589,21777,,-10,12/1/10 16:50,0,,United Kingdom',
    '536590,22111,damages?,-2,12/1/10 16:51,0,,United Kingdom',
    '536591,22139,,56,12/1/10 16:52,0,,United Kingdom',
    'C537600,AMAZONFEE,AMAZON FEE,-1,12/7/10 12:41,1.00,,United Kingdom',
    'A563185,B,Adjust bad debt,1,8/12/11 14:50,11062.06,,United Kingdom',
    '536600,22111,BOTTLE,many,12/1/10 17:00,4.65,17850,United Kingdom',
    '536601,22111,BOTTLE,1,yesterday,4.65,17850,United Kingdom',
  ];
  // Enough invoices for several calls, so that a replay can be interrupted between them.
  for (let invoice = 540_000; invoice < 540_900; invoice++) {
    const customer = invoice % 3 === 0 ? '' : String(17_000 + (invoice % 7));
    const sku = 22_000 + (invoice % 11);
    rows.push(
      `${invoice},${sku},ITEM ${sku},${1 + (invoice % 5)},1/4/11 10:${10 + (invoice % 50)},1.25,${customer},France`,
    );
  }
  return `${rows.join('\n')}\n`;
}
