/** The last four digits of a telephone, which tell people of one name apart: "… 23 45". */
export function phoneEnd(phone: string | null): string {
  const digits = (phone ?? '').replace(/\D/g, '').slice(-4);
  return digits.length < 4 ? '' : `… ${digits.slice(0, 2)} ${digits.slice(2)}`;
}
