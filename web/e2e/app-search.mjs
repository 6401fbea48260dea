// Who is found by what is typed, and told apart from namesakes. See run.mjs for the environment.
import { claim, end, faults, visit } from './browser.mjs';
import { me, signIn } from './sign-in.mjs';

const base = process.argv[2].replace(/\/$/, '');
const { CLINICQL_LOGIN: name, CLINICQL_PASSWORD: password } = process.env;

/** Registers somebody by the API, as the page's user. */
async function register(page, input) {
  const answer = await page.request.post(`${base}/graphql`, {
    headers: { 'GraphQL-Require-Preflight': '1' },
    data: {
      query: 'mutation($input: CreatePatientInput!) { createPatient(input: $input) { patient { id mrn } } }',
      variables: { input },
    },
  });
  return (await answer.json()).data.createPatient.patient;
}

const ketevan = { familyName: 'ყიფშიძე', givenName: 'ქეთევან', sex: 'FEMALE', birthDate: '1990-02-01', phone: '+995 555 48 21 37' };
const namesakes = [
  { familyName: 'წულუკიძე', givenName: 'ლუკა', sex: 'MALE', birthDate: '1971-03-09', phone: '+995 555 30 11 01' },
  { familyName: 'წულუკიძე', givenName: 'ლუკა', sex: 'MALE', birthDate: '2004-11-30', phone: '+995 555 30 11 02' },
];

/** The inputs by which she has to be among the first three. */
const inputs = (mrn) => [
  ['family name first', 'ყიფშიძე ქეთევან'],
  ['given name first', 'ქეთევან ყიფშიძე'],
  ['in Latin letters', 'kipshidze ketevan'],
  ['in Latin letters, given name first', 'Ketevan Kipshidze'],
  ['in Mtavruli', 'ᲧᲘᲤᲨᲘᲫᲔ ᲥᲔᲗᲔᲕᲐᲜ'],
  ['family name alone', 'kipshidze'],
  ['in capitals', 'KIPSHIDZE KETEVAN'],
  ['the beginnings of both', 'kips ket'],
  ['with a wrong letter', 'kipshidse ketevan'],
  ['with a letter left out, in Georgian', 'ყიფშძე ქეთევან'],
  ['the last four digits of the telephone', '2137'],
  ['the whole telephone', '+995 555 48 21 37'],
  ['the record number', mrn],
  ['a number given by others', '01027045612'],
  ['the birth date as it is typed', '01-02-1990'],
  ['the birth date with dots, and a name', 'ketevan 1.2.1990'],
];

try {
  await visit(base, {}, async (page) => {
    await page.goto(`${base}/patients`);
    await signIn(page, name, password);
    await me(page).waitFor();
    const { mrn } = await register(page, { ...ketevan, identifiers: [{ system: 'urn:oid:2.16.268', value: '01027045612' }] });
    for (const other of namesakes) await register(page, other);
    await page.keyboard.press('ControlOrMeta+k');
    const search = page.getByRole('combobox', { name: 'Find a patient' });
    const rows = page.getByRole('option').filter({ hasText: /C\d{4,}/ });
    const found = page.getByRole('dialog').getByRole('status');
    const find = async (text) => {
      await search.fill('');
      await search.fill(text);
      await found.filter({ hasText: /\d/ }).waitFor(); // the count comes with the rows of what is typed
      return rows.allTextContents();
    };
    for (const [words, text] of inputs(mrn)) {
      const lines = await find(text);
      claim(lines.slice(0, 3).some((line) => line.includes(mrn)), `2: ${words} (${text}) finds her`);
    }
    const lines = await find('წულუკიძე ლუკა');
    claim(lines.length >= 2, '3: namesakes are both there');
    const tells = (date, phone) => lines.some((line) => line.includes(date) && line.includes(phone));
    claim(tells('9 Mar 1971', '… 11 01') && tells('30 Nov 2004', '… 11 02'), `3: told apart by birth date and telephone (${lines.slice(0, 2).join(' | ')})`);
    claim(lines.slice(0, 2).every((line) => /Male/.test(line) && /C\d{4,}/.test(line)), '3: and by sex and record number');
    claim(new Set(lines.slice(0, 2)).size === 2, '3: no two lines are alike');
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
