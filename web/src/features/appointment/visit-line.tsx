import { PersonName } from '../../components/person-name';
import type { AppointmentRowFragment } from '../../gql/appointment';
import { useFormats } from '../../lib/format';

/** Which visit a window is about, in a line. */
export function VisitLine({ visit: { patient, practitioner, startsAt, endsAt } }: { visit: AppointmentRowFragment }) {
  const { longDay, isoDayOf, time } = useFormats();
  return (
    <p className="text-body">
      <b className="font-semibold">
        <PersonName>{patient.displayName}</PersonName>
      </b>
      {', '}
      {longDay(isoDayOf(startsAt))}, <span className="tabular">{time(startsAt)}–{time(endsAt)}</span>
      {practitioner && (
        <>
          {', '}
          <PersonName>{practitioner.displayName}</PersonName>
        </>
      )}
    </p>
  );
}
