// What comes out of the printer.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { banner } from './app-chart.mjs';
import { answerTo } from './api.mjs';
import { claim, shoot } from './browser.mjs';
import { readPdf } from './pdf.mjs';

const folder = process.argv[3];
const size = { width: 595, height: 842 };

async function print(page, name) {
  const file = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  if (folder) writeFileSync(path.join(folder, `${name}.pdf`), file);
  return readPdf(file);
}

/** The summary and the chart's own screens on A4: the banner on each page, Georgian letters, no controls. */
export async function printSummary(page, base, patient) {
  const { data } = await answerTo(page, '{ viewer { user { practitioner { id } } } }');
  const practitionerId = data.viewer.user.practitioner.id;
  for (let i = 1; i <= 12; i++) {
    await answerTo(page, 'mutation ($input: CreateMedicalRecordInput!) { createMedicalRecord(input: $input) { medicalRecord { id } } }', {
      input: { patientId: patient, practitionerId, diagnosis: `კონსულტაცია ${i}`, notes: 'წნევა ნორმაშია. '.repeat(20), prescription: 'Tea with honey' },
    });
  }
  await page.goto(`${base}/patients/${patient}/summary`);
  await page.getByRole('heading', { name: 'Summary' }).waitFor();
  await banner(page).getByText('Penicillin').waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.emulateMedia({ media: 'print' });
  claim((await page.locator('button:visible, input:visible, nav:visible, footer:visible').count()) === 0, '16: nothing that can be pressed is printed');
  await shoot(page, 'summary-print');
  await page.emulateMedia({ media: null });
  for (const [name, to] of [
    ['summary', `/patients/${patient}/summary`],
    ['overview', `/patients/${patient}`],
    ['records', `/patients/${patient}/records`],
  ]) {
    await page.goto(base + to);
    await banner(page).getByText('Penicillin').waitFor();
    await page.waitForLoadState('networkidle');
    const pages = await print(page, `print-${name}`);
    claim(pages.length >= (name === 'records' ? 1 : 2), `16: ${name}: ${pages.length} pages are printed`);
    claim(
      pages.every(({ width, height }) => Math.abs(width - size.width) < 2 && Math.abs(height - size.height) < 2),
      `16: ${name}: each is of A4`,
    );
    claim(
      pages.every(({ words }) => words.startsWith('ქეთევანიღლონტიBorn7Mar1958') && /MRNC\d+AllergiesPenicillin,hives/.test(words)),
      `6: ${name}: each begins with the banner, allergies and all, in Georgian letters`,
    );
    claim(!pages.some(({ words }) => words.includes('\uFFFD')), `16: ${name}: every letter is known to its font`);
    const all = pages.map(({ words }) => words).join('');
    claim(!/Findapatient|Ctrl|Medical\s?RecordsAppointments|Print(?!ed)|Newrecord/.test(all), `16: ${name}: no control is on paper`);
    if (name === 'summary') claim(all.includes('კონსულტაცია12') && all.includes('წნევანორმაშია.'), '16: the summary holds what the chart holds');
  }
}
