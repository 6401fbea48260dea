// Doctors: who they are, when they work, when they are away, and what is booked then.
import { choose, field } from './admin-users.mjs';
import { claim } from './browser.mjs';

const toast = (page, words) => page.locator('#toasts').getByText(words).waitFor();
const time = (page, day, edge, kind = 'hours') => page.getByRole('textbox', { name: `${day}, ${kind} 1: ${edge}` });

/** A new doctor, a week by the keyboard alone, time off, types of visit and rooms. */
export async function arrangeDoctors(page, base) {
  await page.goto(`${base}/practitioners`);
  await page.getByRole('button', { name: 'New doctor' }).click();
  await page.getByLabel('Title').fill('Dr.');
  await page.getByLabel('Given name').fill('Ketevan');
  await page.getByLabel('Family name').fill('Lomidze');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Dr. Ketevan Lomidze' }).waitFor();
  claim((await page.title()) === 'ClinicQL', 'doctors: a new one is open, and the title names nobody');

  await page.getByRole('button', { name: 'Add hours: Monday' }).focus();
  await page.keyboard.press('Enter');
  await time(page, 'Monday', 'from').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1830');
  await page.keyboard.press('Tab');
  claim(
    (await time(page, 'Monday', 'from').inputValue()) === '10:15' && (await time(page, 'Monday', 'until').inputValue()) === '18:30',
    'hours: the arrows change a time, and 1830 is 18:30',
  );
  await page.getByRole('button', { name: 'Add a break: Monday' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'As Monday on all weekdays' }).focus();
  await page.keyboard.press('Enter');
  await time(page, 'Friday', 'until').fill('25:00');
  await page.getByRole('button', { name: 'Save hours' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Friday: a time is written as 9:30.').waitFor();
  await time(page, 'Friday', 'until').fill('16');
  await time(page, 'Friday', 'until').press('Enter');
  await toast(page, 'The hours are saved.');
  await page.reload();
  await time(page, 'Friday', 'until').waitFor();
  claim(
    (await time(page, 'Friday', 'until').inputValue()) === '16:00' && (await time(page, 'Thursday', 'from', 'break').inputValue()) === '13:00',
    'hours: a week with breaks is written and saved by the keyboard alone',
  );
  await page.getByRole('button', { name: 'Add hours: Monday' }).click();
  await page.getByRole('textbox', { name: 'Monday, hours 2: from' }).fill('12');
  await page.getByRole('button', { name: 'Save hours' }).click();
  await page.getByRole('alert').getByText('Monday: times overlap, or cannot be so.').waitFor();
  claim((await page.getByRole('textbox', { name: 'Monday, hours 2: from' }).inputValue()) === '12:00', 'hours: a refusal names the day and loses nothing');
  await page.getByRole('button', { name: 'As it was' }).click();

  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('First day').fill('1-2-2031');
  await page.getByLabel('Last day').fill('7-2-2031');
  await page.getByLabel('Reason').fill('conference');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'The time off is entered.' }).getByText('The front desk sees which.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('1 Feb 2031 to 7 Feb 2031').waitFor();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('There is no time off to come.').waitFor();
  claim(true, '20: time off is entered by days and taken back; which visits it touches an administrator does not see, and is told so');

  await page.getByRole('button', { name: 'End bookings' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('moved abroad');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Let be booked again' }).waitFor();
  claim(true, 'doctors: bookings end for a reason, and can begin again');

  await page.goto(`${base}/clinic/appointment-types`);
  await page.getByRole('button', { name: 'New type' }).click();
  await page.getByLabel('Name').fill('Second opinion');
  await page.getByLabel('Length in minutes').fill('an hour');
  await page.keyboard.press('Enter');
  await page.getByText('Length in minutes is a number of whole minutes.').first().waitFor();
  await page.getByLabel('Length in minutes').fill('50');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Second opinion\s+50 min/ }).waitFor();
  await page.getByRole('button', { name: 'Edit Second opinion' }).click();
  await page.getByText('Can be chosen for new visits').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /Second opinion.*Retired/s }).waitFor();
  claim(true, 'types of visit: added, changed and retired');

  await page.goto(`${base}/clinic/rooms`);
  await page.getByRole('button', { name: 'New room' }).click();
  await page.getByLabel('Name').fill('Room 101');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Room 101/ }).waitFor();
  await page.goto(`${base}/clinic`);
  await page.getByLabel('Time zone').fill('Asia/Nowhere');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText(/^Time zone /).first().waitFor();
  claim((await page.getByLabel('Time zone').inputValue()) === 'Asia/Nowhere', 'clinic: a zone that is none is refused beside its field');
}

/** The front desk changes hours and time off, sees which visits they touch, and why it may not do the rest. */
export async function touchVisits(page, base) {
  claim((await page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'Users' }).count()) === 0, '20: the front desk has no way to users');
  for (const path of ['/users', '/audit']) {
    await page.goto(base + path);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  }
  await page.goto(`${base}/practitioners`);
  await page.locator('tbody a').first().click();
  await page.getByRole('button', { name: 'Save hours' }).waitFor();
  claim(
    (await page.getByRole('button', { name: /^(Edit|End bookings)$/ }).count()) === 0 &&
      (await page.getByText('Your role sees this and may not change it.').count()) === 1,
    '20: what the front desk may not change of a doctor has no button, and says why',
  );
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const today = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'GraphQL-Require-Preflight': '1' };
    return (await (await fetch('/graphql', { method: 'POST', headers, body: '{"query":"{ clinic { today } }"}' })).json()).data.clinic.today;
  });
  await page.getByLabel('First day').fill(today);
  await page.getByLabel('Last day').fill(new Date(Date.parse(today) + 60 * 86_400_000).toISOString().slice(0, 10));
  await page.keyboard.press('Enter');
  const touched = page.getByRole('dialog', { name: 'The time off is entered.' });
  await touched.getByText(/booked visits? lies? within/).waitFor();
  claim((await touched.getByRole('listitem').count()) > 0, 'time off: the booked visits that it touches are listed, with the way to each');
  await touched.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Take back' }).first().click();
  await toast(page, 'Taken back.');
  await page.goto(`${base}/practitioners/time-off`);
  await page.getByRole('button', { name: 'New time off' }).first().click();
  await choose(page, 'How long', 'Part of a day');
  await field(page, 'Day').fill('24-12-2031');
  await field(page, 'Until').fill('12');
  await page.keyboard.press('Enter');
  await touched.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('row', { name: /24 Dec 2031, 09:00–12:00\s+The whole clinic/ }).getByRole('button', { name: 'Take back' }).click();
  await page.getByText('24 Dec 2031, 09:00–12:00').waitFor({ state: 'detached' });
  claim(true, 'time off: the clinic is closed for a part of a day, and opened again');
}
