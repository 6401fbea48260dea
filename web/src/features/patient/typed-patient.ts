import { readTypedDate } from '../../lib/typed-date';

/**
 * What the words of a search say of somebody who is not registered yet: a birth date, a telephone, and names, of which
 * the last is the family name: "Nino Beridze 1-2-1990".
 */
export function newPatientOf(typed: string): { familyName: string; givenName: string; birthDate: string; phone: string } {
  const patient = { familyName: '', givenName: '', birthDate: '', phone: '' };
  const names: string[] = [];
  for (const word of typed.trim().split(/\s+/).filter(Boolean)) {
    if (readTypedDate(word)?.precision === 'DAY') patient.birthDate = word;
    else if (/^\+?[\d()-]{6,}$/.test(word)) patient.phone = word;
    else if (!/\d/.test(word)) names.push(word.replace(/,$/, ''));
  }
  // A comma says that the family name came first.
  const isFamilyFirst = /,/.test(typed);
  patient.familyName = (isFamilyFirst ? names.shift() : names.pop()) ?? '';
  patient.givenName = names.join(' ');
  return patient;
}
