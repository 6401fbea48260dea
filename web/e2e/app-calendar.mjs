// The calendar, and what happens at one desk while another works. See run.mjs for the environment, which has besides the
// passwords of the receptionist and of the administrator.
import { ask } from './api.mjs';
import { claim, end, faults, look, operationOf, shoot, visit } from './browser.mjs';
import { me, signIn } from './sign-in.mjs';

const base = process.argv[2].replace(/\/$/, '');
const { CLINICQL_LOGIN: name, CLINICQL_PASSWORD: password, CLINICQL_RECEPTIONIST_PASSWORD: receptionist, CLINICQL_ADMIN_PASSWORD: admin } = process.env;
const zone = 'Asia/Tbilisi';
const minute = 60_000;

async function enter(page, path, login, secret) {
  await page.goto(base + path);
  await signIn(page, login, secret);
  await page.waitForURL(base + path);
}

const wall = (instant, options) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(instant);
const clock = (instant) => wall(instant, { hour: '2-digit', minute: '2-digit' });
const isoDay = (instant) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant);
const today = isoDay(Date.now());
const addDays = (date, days) => new Date(Date.parse(`${date}T00:00Z`) + days * 24 * 60 * minute).toISOString().slice(0, 10);
/** The next Sunday: the demonstration clinic has no visits then. */
const day = addDays(today, 7 - new Date(`${today}T00:00Z`).getUTCDay());
/** An instant of the clinic's clock, which has kept one offset since 2005. */
const at = (date, time) => Date.parse(`${date}T${time}+04:00`);
const heading = (date) => `${wall(at(date, '12:00'), { weekday: 'long' })}, ${wall(at(date, '12:00'), { day: 'numeric', month: 'long', year: 'numeric' })}`;

const calendar = (page) => page.getByRole('region', { name: 'Calendar' });
const columns = (page) => page.locator('[data-column]');
const columnOf = (page, { id }) => page.locator(`[data-column="${id}"]`);
const visitAt = (page, practitioner, instant) => columnOf(page, practitioner).locator(`[data-visit][data-item="${instant}"]`);
const freeAt = (page, practitioner, instant) => columnOf(page, practitioner).locator(`[data-item="${instant}"]:not([data-visit])`);
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);
const isLive = (page) => page.getByRole('status').getByText('Live', { exact: true }).waitFor();
/** On a phone the window grows with the page: what counts is how wide the screen is. */
const isWide = async (page) => (await page.evaluate(() => document.documentElement.scrollWidth)) > page.viewportSize().width;

/** One practitioner who works around the clock, so that there is a now-line at any hour; one by day, with a break; one who is away. */
async function arrange(page) {
  const { practitioners } = await ask(page, '{ practitioners(first: 20) { nodes { id displayName version } } }');
  const [always, byDay, away] = practitioners.nodes;
  const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
  const hours = (kind, startTime, endTime) => days.map((weekday) => ({ kind, weekday, startTime, endTime, startsOn: '2020-01-01' }));
  const set = ({ id, version }, spans) =>
    ask(page, 'mutation($input: SetWorkingHoursInput!) { setWorkingHours(input: $input) { practitioner { id } } }', {
      input: { practitionerId: id, expectedVersion: version, hours: spans },
    });
  await set(always, hours('WORK', '00:00', '00:00'));
  await set(byDay, [...hours('WORK', '09:00', '17:00'), ...hours('BREAK', '13:00', '13:30')]);
  await set(away, hours('WORK', '09:00', '17:00'));
  await ask(page, 'mutation($input: CreateTimeOffInput!) { createTimeOff(input: $input) { timeOff { id } } }', {
    input: { practitionerId: away.id, days: { from: today, until: addDays(day, 2) }, reason: 'Congress' },
  });
  return { all: practitioners.nodes, always, byDay, away };
}

/** People to book, from the end of the alphabet, and nobody who has died. */
async function people(page) {
  const { patients } = await ask(page, '{ patients(last: 100) { nodes { id deceasedOn } } }');
  const ids = patients.nodes.filter(({ deceasedOn }) => !deceasedOn).map(({ id }) => id);
  return () => ids.pop();
}

const booking = `mutation($input: BookAppointmentInput!) { bookAppointment(input: $input) { appointment { id version } } }`;

async function book(page, patientId, practitioner, instant, { length = 'PT30M', rules } = {}) {
  const { bookAppointment } = await ask(page, booking, {
    input: {
      patientId,
      practitionerId: practitioner.id,
      startsAt: new Date(instant).toISOString(),
      length,
      reason: 'Follow-up',
      ...(rules && { override: { rules, reason: 'for the test' } }),
    },
  });
  return bookAppointment.appointment;
}

/** 7: the day, the week, the address, and all by keys. */
async function goThroughDays(page, { all, always, byDay, away }, next) {
  const noon = at(day, '12:00');
  await book(page, next(), byDay, noon);
  await page.goto(`${base}/?date=${day}`);
  await visitAt(page, byDay, noon).waitFor();
  claim((await columns(page).count()) === all.length, '7: a column for each practitioner');
  claim(await page.getByRole('heading', { level: 1, name: heading(day) }).isVisible(), '7: the day is named');

  const closed = columnOf(page, byDay).getByText('Opens 09:00');
  const rest = columnOf(page, byDay).getByText('Break 13:00–13:30');
  const absent = columnOf(page, away).getByText(/^Away until .*: Congress$/);
  for (const words of [closed, rest, absent]) await words.waitFor();
  const patterns = await Promise.all(
    [closed, rest, absent].map((words) => words.evaluate((element) => getComputedStyle(element.parentElement).backgroundImage.split('gradient').length - 1)),
  );
  claim(patterns.join() === '0,1,2', `7: closed, a break and time off have words, and patterns of their own: ${patterns}`);
  claim((await page.locator('[data-now]').count()) === 0, '7: another day has no line of now');

  await page.keyboard.press('ArrowRight');
  await page.waitForURL(`${base}/?date=${addDays(day, 1)}`);
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(`${base}/?date=${day}`);
  await page.keyboard.press('t');
  await page.waitForURL(`${base}/`);
  await page.locator('[data-now-time]').waitFor();
  claim(true, '7: → ← and T go to the day after, the day before and today');

  await page.getByRole('button', { name: 'All doctors' }).click();
  for (const { displayName } of all.filter((one) => one !== always && one !== byDay)) {
    await page.getByRole('dialog', { name: 'Doctors' }).getByText(displayName).click();
  }
  await page.keyboard.press('Escape');
  await columns(page).nth(1).waitFor();
  claim((await columns(page).count()) === 2 && new URL(page.url()).searchParams.get('with') === `${always.id},${byDay.id}`, '7: who is shown is chosen, and stands in the address');
  await page.keyboard.press('w');
  await columns(page).nth(6).waitFor();
  const monday = await columns(page).first().getAttribute('data-column');
  claim(new URL(page.url()).searchParams.get('view') === 'week' && new Date(monday).getUTCDay() === 1, '7: W shows the week of a practitioner, from Monday on');
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => url.searchParams.get('date') === addDays(today, 7));
  const address = page.url();
  await page.reload();
  await columns(page).nth(6).waitFor();
  claim(page.url() === address && (await columns(page).first().getAttribute('data-column')) === addDays(monday, 7), '7: an address shows the same again');
  await page.goBack();
  await page.waitForURL(({ searchParams }) => searchParams.get('view') === 'week' && !searchParams.has('date'));
  claim(true, '7: and the browser goes back through what was shown');
  await page.keyboard.press('d');
  await columnOf(page, byDay).waitFor();
}

/** 7: between visits and free time, and into them. */
async function goThroughColumn(page, { always, byDay }) {
  const noon = at(day, '12:00');
  await page.goto(`${base}/?date=${day}&with=${byDay.id},${always.id}`);
  const visitor = visitAt(page, byDay, noon);
  await visitor.waitFor();
  await page.keyboard.press('j');
  await columnOf(page, byDay).locator(':focus').waitFor();
  await page.keyboard.press('Home');
  claim(await isFocused(freeAt(page, byDay, at(day, '09:00'))), '7: J goes into the calendar, Home to the first free time');
  await freeAt(page, byDay, at(day, '11:45')).focus();
  await page.keyboard.press('ArrowDown');
  claim(await isFocused(visitor), '7: ↓ goes from free time to the visit after it');
  await page.keyboard.press('j');
  claim(await isFocused(freeAt(page, byDay, at(day, '12:30'))), '7: J goes on to the free time after that');
  await page.keyboard.press('k');
  claim(await isFocused(visitor), '7: K goes back');
  await page.keyboard.press('Tab');
  claim(await isFocused(freeAt(page, always, noon)), '7: Tab goes to the next practitioner, at the same time');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Visit', exact: true });
  await panel.waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[data-actions]'));
  claim(await panel.getByText('Follow-up').isVisible(), '7: Enter opens a visit, and what can be done with it has the focus');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  claim(await isFocused(visitor), '7: Escape closes it, and the focus is where it was');
}

/** Waits until the calendar has been asked for everything that a change brings with it. */
async function settled(page) {
  let last = Date.now();
  const hear = (request) => operationOf(request) === 'DaySchedule' && (last = Date.now());
  page.on('request', hear);
  while (Date.now() - last < 800) await page.waitForTimeout(50);
  page.off('request', hear);
}

/** 8: from free time to a booked visit, by keys and by a click. */
async function bookFreeTime(page, { always, byDay }, next) {
  const { node: patient } = await ask(page, 'query($id: ID!) { node(id: $id) { ... on Patient { displayName mrn } } }', { id: next() });
  const window = page.getByRole('dialog', { name: 'Book New Appointment' });
  const input = (name) => window.locator(`[data-field=${name}] :is(input, textarea)`).first();
  const [year, month, date] = day.split('-');
  /** What the window begins with: whose time it is, and where the next key goes. */
  const claimFilled = async (how, instant) => {
    await window.waitFor();
    await page.waitForFunction((name) => document.querySelector('[data-field=practitioner] input')?.value === name, byDay.displayName);
    const shown = [await window.getByLabel('Date', { exact: true }).inputValue(), await window.getByLabel('Time', { exact: true }).inputValue()];
    claim(shown.join() === `${date}-${month}-${year},${clock(instant)}`, `8: ${how} on free time opens a booking with the practitioner, and ${shown.join(' ')}`);
    claim(await isFocused(input('patient')), `8: after ${how} the patient is typed at once`);
  };
  let pressed = 0;
  const press = async (key) => {
    pressed += key.split('+').length;
    await page.keyboard.press(key);
  };
  await page.goto(`${base}/?date=${day}&with=${byDay.id},${always.id}`);
  await freeAt(page, byDay, at(day, '09:00')).waitFor();
  await press('j');
  await columnOf(page, byDay).locator(':focus').waitFor();
  await press('Home');
  await press('ArrowDown');
  const instant = at(day, '09:15');
  claim(await isFocused(freeAt(page, byDay, instant)), '8: free time is gone to by keys');
  await press('Enter');
  await claimFilled('Enter', instant);
  await page.keyboard.type(patient.mrn);
  await page.getByRole('option').filter({ hasText: patient.mrn }).waitFor();
  await press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('[data-field=reason]'));
  await page.keyboard.type('Cough');
  await press('Control+Enter');
  await window.waitFor({ state: 'detached' });
  const card = visitAt(page, byDay, instant);
  await card.getByText(patient.displayName).waitFor();
  claim((await card.getByText('Cough').count()) === 1 && pressed <= 12, `8: from the calendar an existing patient is booked in ${pressed} key presses besides typed text`);
  await page.waitForFunction((at) => document.activeElement?.dataset.item === at && document.activeElement.dataset.visit, String(instant));
  claim(true, '8: and the focus is on the visit that stands there now');

  const ten = at(day, '10:00');
  await settled(page);
  await freeAt(page, byDay, ten).click();
  await claimFilled('a click', ten);
  await page.keyboard.press('Escape');
  await window.waitFor({ state: 'detached' });
  claim(await isFocused(freeAt(page, byDay, ten)), '8: Escape goes back to the free time and asks nothing, as nothing was typed');

  await freeAt(page, byDay, ten).click();
  await window.waitFor();
  await book(page, next(), always, at(day, '22:30')); // so that the calendar is asked for again while the time is kept
  await freeAt(page, byDay, ten).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await freeAt(page, byDay, ten).waitFor();
  claim(true, '8: time that was kept for a window is free again when that is closed');
}

/** 17: what a mouse drags, a dialogue does too. By hand: down, along, up. */
async function dragVisits(page, { always, byDay }, next) {
  const far = addDays(day, 1);
  const nine = at(far, '09:00');
  const visits = [await book(page, next(), byDay, nine), await book(page, next(), byDay, at(far, '11:00')), await book(page, next(), always, at(far, '12:00'))];
  const named = await Promise.all(
    visits.map(async ({ id }) => (await ask(page, 'query($id: ID!) { appointment(id: $id) { patient { displayName } } }', { id })).appointment.patient.displayName),
  );
  await page.goto(`${base}/?date=${far}&with=${byDay.id},${always.id}`);
  const card = visitAt(page, byDay, nine);
  await card.waitFor();
  await visitAt(page, byDay, at(far, '11:00')).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const ghost = page.locator('[data-ghost]');
  /** Presses a card below its top, and goes to where that is at another time of a column. */
  const take = async (visit) => {
    const { x, y } = await visit.boundingBox();
    await page.mouse.move(x + 20, y + 6);
    await page.mouse.down();
  };
  const to = async (practitioner, instant, off = 0) => {
    const { x, y } = await columnOf(page, practitioner).boundingBox();
    const rem = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
    await page.mouse.move(x + 30, y + 6 + ((instant - at(far, '00:00')) / minute) * rem * 0.1125 + off, { steps: 6 });
  };
  const moves = [];
  page.on('request', (request) => operationOf(request) === 'RescheduleAppointment' && moves.push(request.postDataJSON().variables.input));

  await take(card);
  await to(byDay, at(far, '10:00'), 5);
  await ghost.getByText('10:00–10:30').waitFor();
  await shoot(page, 'calendar-dragging');
  await page.keyboard.press('Escape');
  await ghost.waitFor({ state: 'detached' });
  await page.mouse.up();
  claim(moves.length === 0 && (await card.count()) === 1 && (await page.getByRole('region', { name: 'Visit', exact: true }).count()) === 0, '17: Escape ends a drag, and nothing is moved or opened');

  await take(card);
  await to(byDay, at(far, '10:00'));
  await ghost.waitFor();
  await to(byDay, nine, 3);
  await page.mouse.up();
  await ghost.waitFor({ state: 'detached' });
  claim(moves.length === 0 && (await page.getByRole('region', { name: 'Visit', exact: true }).count()) === 0, '17: nor when it is dropped where it stood');

  // The calendar is asked for again after a move, and a network may be slow: what is taken back does not wait for it.
  let answer;
  const mayAnswer = new Promise((resolve) => (answer = resolve));
  await take(card);
  await to(byDay, at(far, '10:00'), 5);
  const transitions = await ghost.evaluate((element) => [element, element.parentElement].map((one) => getComputedStyle(one).transitionDuration).join());
  claim(transitions === '0s,0s', '17: what is dragged jumps from quarter to quarter, without a movement of its own');
  const asksAgain = page.waitForRequest((request) => operationOf(request) === 'DaySchedule');
  await page.route('**/graphql', async (route) => {
    if (['DaySchedule', 'UndoAppointmentStep'].includes(operationOf(route.request()))) await mayAnswer;
    return route.continue();
  });
  await page.mouse.up();
  await page.locator('#toasts').getByText(`${named[0]}: moved to`).waitFor();
  const ten = at(far, '10:00');
  await visitAt(page, byDay, ten).getByText(named[0]).waitFor();
  claim((await card.count()) === 0 && moves.length === 1, '17: a visit is dragged to another time, by quarters of an hour');
  await asksAgain;
  await page.keyboard.press('Control+z');
  await card.getByText(named[0]).waitFor();
  await visitAt(page, byDay, ten).waitFor({ state: 'detached' });
  claim((await page.locator('#toasts').getByText('taken back').count()) === 0, '12: Ctrl+Z takes a drag off the screen before the server has answered');
  answer();
  await page.locator('#toasts').getByText('taken back').waitFor();
  await page.unroute('**/graphql');
  await card.getByText(named[0]).waitFor();
  await visitAt(page, byDay, ten).waitFor({ state: 'detached' });
  claim((await card.count()) === 1, '12: and it stays so');

  await take(card);
  await to(always, nine);
  await page.mouse.up();
  await visitAt(page, always, nine).getByText(named[0]).waitFor();
  claim(moves.at(-1).practitionerId === always.id && Date.parse(moves.at(-1).startsAt) === nine, '17: or to another practitioner at the same time');
  await page.waitForFunction(
    ([id, instant]) => document.activeElement?.matches(`[data-column="${id}"] [data-visit][data-item="${instant}"]`),
    [always.id, nine],
  );
  claim(true, '17: and has the focus there');
  await page.locator('#toasts').getByText('moved to').waitFor();

  const eleven = at(far, '11:00');
  const other = visitAt(page, byDay, eleven);
  await take(other);
  await to(always, at(far, '12:00'));
  await ghost.getByText('Not free').waitFor();
  await page.mouse.up();
  const refused = page.getByRole('alert');
  await refused.getByText(named[1]).waitFor();
  await other.getByText(named[1]).waitFor();
  claim((await refused.textContent()).includes(always.displayName) && (await visitAt(page, always, at(far, '12:00')).count()) === 1, '13: dropped where somebody else is it goes back, and says why');
  claim(await isFocused(other), '13: and has the focus still, so that no key acts on somebody else');
  await take(other);
  await to(byDay, at(far, '12:45'));
  await ghost.getByText('Not free').waitFor();
  await page.mouse.up();
  await refused.getByText('lies over a break').waitFor();
  await other.getByText(named[1]).waitFor();
  claim(true, '13: into a break it goes back too');
  await refused.getByRole('button', { name: 'Choose another time' }).click();
  const window = page.getByRole('dialog', { name: 'Move the visit' });
  await window.waitFor();
  const asked = await window.getByLabel('Time', { exact: true }).inputValue();
  claim(asked === '12:45' && (await refused.count()) === 0, `17: and the window for moving goes on from there: ${asked}`);
  await window.getByLabel('Time', { exact: true }).press('Escape');
  await window.waitFor({ state: 'detached' });

  const scrolled = () => page.evaluate(() => document.querySelector('.calendar').scrollTop);
  const { y, height } = await calendar(page).boundingBox();
  for (const reducedMotion of ['reduce', 'no-preference']) {
    await page.emulateMedia({ reducedMotion });
    const before = await scrolled();
    await take(other);
    const { x } = await other.boundingBox();
    await page.mouse.move(x + 20, y + height - 4, { steps: 6 });
    await ghost.waitFor();
    if (reducedMotion === 'no-preference') await page.waitForFunction((from) => document.querySelector('.calendar').scrollTop > from + 40, before);
    else {
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
      claim((await scrolled()) === before, '17: nothing scrolls by itself for whoever wants less motion');
    }
    await page.keyboard.press('Escape');
    await page.mouse.up();
  }
  claim(true, '17: at an edge the calendar scrolls on while something is dragged');
  await page.emulateMedia({ reducedMotion: null });

  await page.goto(`${base}/?date=${far}&view=week&with=${byDay.id}`);
  const monday = page.locator(`[data-visit][data-item="${eleven}"]`);
  await monday.waitFor();
  const week = await page.locator('[data-column]').evaluateAll((list) => list.map(({ dataset }) => dataset.column));
  await monday.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const tuesday = page.locator(`[data-column="${week[week.indexOf(far) + 1]}"]`);
  await take(monday);
  const { x } = await tuesday.boundingBox();
  await page.mouse.move(x + 20, (await monday.boundingBox()).y + 6, { steps: 6 });
  await page.mouse.up();
  await page.locator(`[data-visit][data-item="${eleven + 24 * 60 * minute}"]`).getByText(named[1]).waitFor();
  claim(true, '17: in the week a visit is dragged to another day');
  await page.locator('#toasts').getByText('moved to').waitFor();

  await page.goto(`${base}/?date=${far}&with=${byDay.id},${always.id}`);
  const came = visitAt(page, always, at(far, '12:00'));
  await came.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await came.focus();
  await page.keyboard.press('c');
  await came.getByText('Waiting').waitFor();
  await take(came);
  await to(always, at(far, '13:00'));
  claim((await ghost.count()) === 0, '17: who has come is not dragged');
  await page.mouse.up();
}

/** 15: the clinic's clock, on a computer that is elsewhere. */
async function beElsewhere(page, timezoneId, { always }, next) {
  const ten = at(day, '10:00');
  if ((await visitAt(page, always, ten).count()) === 0) {
    const id = next();
    await page.goto(`${base}/?date=${day}&with=${always.id}`);
    await columnOf(page, always).waitFor();
    if ((await visitAt(page, always, ten).count()) === 0) await book(page, id, always, ten);
  }
  await page.goto(`${base}/`);
  const label = page.locator('[data-now-time]');
  await label.waitFor();
  const shown = await label.textContent();
  const near = [-1, 0, 1].map((off) => clock(Date.now() + off * minute));
  claim(near.includes(shown), `15: in ${timezoneId} the line of now says ${shown}, as the clinic's clock does`);
  claim(await page.getByRole('heading', { level: 1, name: heading(isoDay(Date.now())) }).isVisible(), `15: in ${timezoneId} today is the clinic's day, the month by name`);
  for (const view of ['day', 'week']) {
    await page.goto(`${base}/?date=${day}&view=${view}&with=${always.id}`);
    const card = page.locator(`[data-visit][data-item="${ten}"]`);
    await card.waitFor();
    const mark = calendar(page).getByText('10:00', { exact: true }).first();
    const [cardBox, markBox] = [await card.boundingBox(), await mark.boundingBox()];
    const isBeside = Math.abs(cardBox.y - (markBox.y + markBox.height / 2)) < 4;
    claim(isBeside && /10:00/.test(await card.textContent()), `15: in ${timezoneId} a visit at ten stands at ten, in the ${view}`);
  }
}

/** 10: what one desk does, the other sees, without a jump. */
async function workSideBySide(front, back, { always, byDay }, next) {
  await front.goto(`${base}/?date=${day}&with=${byDay.id},${always.id}`);
  const focused = freeAt(front, byDay, at(day, '14:00'));
  await focused.waitFor();
  await isLive(front);
  await focused.focus();
  const state = () => front.evaluate(() => [document.querySelector('.calendar').scrollTop, document.activeElement?.dataset.item, document.activeElement?.getBoundingClientRect().top]);
  const before = await state();
  const three = at(day, '15:00');
  const begun = Date.now();
  const made = await book(back, next(), byDay, three);
  await visitAt(front, byDay, three).waitFor();
  const took = Date.now() - begun;
  claim(took < 10_000, `10: a booking at one desk is at the other after ${took} ms, which asking again every 15 seconds is not`);
  await freeAt(front, byDay, three).waitFor({ state: 'detached' });
  claim((await state()).join() === before.join(), '10: and nothing that is looked at moves');
  const isReread = front.waitForResponse((response) => operationOf(response.request()) === 'DaySchedule');
  await ask(back, 'mutation($input: CheckInAppointmentInput!) { checkInAppointment(input: $input) { appointment { id } } }', {
    input: { appointmentId: made.id, expectedVersion: made.version },
  });
  await visitAt(front, byDay, three).getByText('Waiting').waitFor();
  claim(true, '10: and so is each step of it');
  // What is told from here on is told of the patient alone.
  await isReread;

  const { node } = await ask(back, 'query($id: ID!) { node(id: $id) { ... on Appointment { patient { id version } } } }', { id: made.id });
  await ask(back, 'mutation($input: UpdatePatientInput!) { updatePatient(input: $input) { patient { id } } }', {
    input: { patientId: node.patient.id, expectedVersion: node.patient.version, familyName: 'Newname', givenName: 'Salome' },
  });
  await visitAt(front, byDay, three).getByText('Salome Newname').waitFor();
  claim(true, '10: and so is a name that was put right');

  const taken = at(day, '14:00');
  await book(back, next(), byDay, taken);
  await visitAt(front, byDay, taken).waitFor();
  claim(await isFocused(visitAt(front, byDay, taken)), '10: whose free time went has the focus on what stands there now');

  await front.goto(`${base}/?date=${day}&with=${byDay.id}`);
  const noon = visitAt(front, byDay, at(day, '12:00'));
  await noon.waitFor();
  await isLive(front);
  await noon.focus();
  const top = (await noon.boundingBox()).y;
  const early = at(day, '07:30');
  await book(back, next(), byDay, early, { rules: ['OUTSIDE_HOURS'] });
  await visitAt(front, byDay, early).waitFor({ state: 'attached' });
  claim(Math.abs((await noon.boundingBox()).y - top) < 2, '10: a day that begins earlier now leaves what is looked at where it is');
}

/** 10: half a minute without a network. */
async function loseNetwork(front, context, back, { always }, next) {
  // Those of the calendar: who is on it is another question as soon as somebody else is.
  const subscriptions = [];
  const note = ({ payload }) => /"subscribe".*"range"/.test(payload) && subscriptions.push(JSON.parse(payload).payload.variables);
  let begun = 0;
  const haveBegun = new Promise((resolve) => {
    front.on('websocket', (socket) => {
      socket.on('framesent', note);
      // Those of the day that is shown and of today.
      socket.on('framereceived', ({ payload }) => /appointmentChanged.*STARTED/.test(payload) && (begun += 1) === 2 && resolve());
    });
  });
  await front.goto(`${base}/?date=${day}&with=${always.id}`);
  await calendar(front).waitFor();
  await haveBegun;
  await isLive(front);
  await context.setOffline(true);
  await front.getByRole('status').getByText('Offline').waitFor();
  const instants = ['16:00', '17:00', '18:00'].map((time) => at(day, time));
  for (const instant of instants) await book(back, next(), always, instant);
  claim((await columns(front).count()) === 1, '10: offline is said, and what was shown stays');
  const away = 30_000;
  await front.waitForTimeout(away);
  claim((await visitAt(front, always, instants[0]).count()) === 0, '10: nothing comes meanwhile');
  const told = subscriptions.length;
  await context.setOffline(false);
  for (const instant of instants) await visitAt(front, always, instant).waitFor({ state: 'attached' });
  await isLive(front);
  claim(true, '10: after 30 s offline everything is there again, and live is said');
  const last = at(day, '19:00');
  await book(back, next(), always, last);
  await visitAt(front, always, last).waitFor({ state: 'attached' });
  const resumed = subscriptions.slice(told);
  claim(resumed.length > 0 && resumed.every(({ after }) => after), '10: each subscription went on after its last event');
}

/** 10: a session that ends takes the connection with it, and the next one brings it back. */
async function signInAnew(front, context, back, { always }, next) {
  await front.goto(`${base}/?date=${day}&with=${always.id}`);
  await calendar(front).waitFor();
  await isLive(front);
  await ask(front, 'mutation { signOut { viewer { id } } }');
  const again = front.getByRole('alertdialog', { name: 'Your session has ended' });
  await again.waitFor();
  claim(true, '10: the end of a session is told at once, by the connection');
  const instant = at(day, '20:00');
  await book(back, next(), always, instant);
  await again.getByLabel('Password').fill(receptionist);
  await front.keyboard.press('Enter');
  await again.waitFor({ state: 'detached' });
  await visitAt(front, always, instant).waitFor({ state: 'attached' });
  const later = at(day, '21:00');
  await book(back, next(), always, later);
  await visitAt(front, always, later).waitFor({ state: 'attached' });
  await isLive(front);
  claim(true, '10: whoever signs in again is told of changes again, and of those in between');
}

/** 19: two or three columns on a tablet, an agenda on a phone, and fingers are enough. */
async function useFingers(page, { all, always, byDay }) {
  await page.setViewportSize({ width: 768, height: 1024 });
  await page.goto(`${base}/?date=${day}`);
  await columnOf(page, byDay).waitFor();
  const seen = await columns(page).evaluateAll((list) => list.filter((one) => one.getBoundingClientRect().left >= 0 && one.getBoundingClientRect().right <= innerWidth + 1).length);
  claim(seen === 2 || seen === 3, `19: at 768 px there are ${seen} columns`);
  claim(!(await isWide(page)), '19: and the page is not wider than the window');
  const last = columnOf(page, all.at(-1));
  await last.evaluate((element) => element.scrollIntoView({ inline: 'end', block: 'nearest' }));
  const { x, width } = await last.boundingBox();
  claim(x >= 0 && x + width <= 769 && !(await isWide(page)), '19: the others are a swipe away');

  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${base}/?date=${day}&with=${byDay.id}`);
  const noon = visitAt(page, byDay, at(day, '12:00'));
  await noon.waitFor();
  claim((await calendar(page).count()) === 0 && (await columns(page).count()) === 1, '19: at 360 px there is an agenda of one practitioner');
  const small = await page.locator('main button, main a, nav a').evaluateAll((list) =>
    list.map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, { width, height }]) => width > 0 && (width < 24 || height < 24)).map(([words]) => words),
  );
  claim(small.length === 0, `19: every target has 24 px: ${small}`);
  await noon.tap();
  const panel = page.getByRole('region', { name: 'Visit', exact: true });
  await panel.getByRole('link', { name: 'Open the chart' }).waitFor();
  claim(true, '19: a finger opens a visit');
  await panel.getByRole('button', { name: 'Close' }).tap();
  await panel.waitFor({ state: 'detached' });
  await columnOf(page, byDay).getByRole('button', { name: /^Free/ }).first().tap();
  await page.getByRole('dialog').waitFor();
  claim(true, '19: and books free time');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Day after' }).tap();
  await page.waitForURL((url) => url.searchParams.get('date') === addDays(day, 1));
  await page.locator('main button[aria-haspopup=listbox]').tap();
  await page.getByRole('option', { name: always.displayName }).tap();
  await columnOf(page, always).waitFor();
  claim(true, '19: and goes to another day and another practitioner');
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 640 });
    claim(!(await isWide(page)), `19: nothing goes sideways at ${width} px`);
  }
}

try {
  let clinic;
  await visit(base, {}, async (page) => {
    await enter(page, '/', 'admin', admin);
    clinic = await arrange(page);
  });
  await visit(base, { viewport: { width: 1440, height: 900 } }, async (front, context) => {
    await enter(front, '/', 'receptionist', receptionist);
    const next = await people(front);
    await goThroughDays(front, clinic, next);
    await goThroughColumn(front, clinic);
    await bookFreeTime(front, clinic, next);
    await dragVisits(front, clinic, next);
    await visit(base, { viewport: { width: 1440, height: 900 } }, async (back) => {
      await enter(back, '/', name, password);
      await workSideBySide(front, back, clinic, next);
      const others = [
        ['America/Los_Angeles', { viewport: { width: 1280, height: 900 } }],
        ['Pacific/Kiritimati', { viewport: { width: 1280, height: 900 } }],
      ];
      await Promise.all([
        loseNetwork(front, context, back, clinic, next),
        (async () => {
          for (const [timezoneId, options] of others) {
            await visit(base, { ...options, timezoneId, locale: 'en-US' }, async (page) => {
              await enter(page, '/', 'receptionist', receptionist);
              await beElsewhere(page, timezoneId, clinic, next);
            });
          }
          await visit(base, { hasTouch: true, isMobile: true, viewport: { width: 768, height: 1024 } }, async (page) => {
            await enter(page, '/', 'receptionist', receptionist);
            await useFingers(page, clinic);
          });
        })(),
      ]);
      await signInAnew(front, context, back, clinic, next);
    });
    await front.goto(`${base}/?date=${day}`);
    await visitAt(front, clinic.byDay, at(day, '12:00')).click();
    await look(front, 'calendar');
    await front.goto(`${base}/?date=${day}&view=week&with=${clinic.byDay.id}`);
    await columns(front).nth(6).waitFor();
    await look(front, 'calendar-week');
    await me(front).click();
    await front.getByRole('menuitemradio', { name: 'ქართული' }).click();
    await front.goto(`${base}/?date=${day}`);
    await visitAt(front, clinic.byDay, at(day, '12:00')).click();
    await look(front, 'calendar-ka');
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
