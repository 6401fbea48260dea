import { Check, CircleX, Plus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { ClinicTabs } from '../../components/clinic-tabs';
import { FormDialog } from '../../components/form-dialog';
import { Page, PageHead } from '../../components/page-head';
import { firstPage, Pager, type PageOf } from '../../components/pager';
import { Empty, Failed, Loading } from '../../components/states';
import { type Column, Table } from '../../components/table';
import { TextField } from '../../components/text-field';
import { toast } from '../../components/toasts';
import { CreateRoomDocument, RoomsDocument, type RoomsQuery, UpdateRoomDocument } from '../../gql/clinic';
import { useForm } from '../../lib/form';
import { localeOf, useI18n } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import { useApiMutation, useApiQuery } from '../../lib/use-api';

type Room = RoomsQuery['rooms']['nodes'][number];

/** Where care is given. */
export default function RoomsPage() {
  const { t, language } = useI18n();
  const { may } = useSession();
  const [page, setPage] = useState<PageOf>(firstPage);
  const [open, setOpen] = useState<Room | 'new' | null>(null);
  const { data, error, isLoading, isStale, retry } = useApiQuery(RoomsDocument, page, { keepsOld: true });
  const list = data?.rooms;
  const add = may('createRoom') && (
    <Button kind="main" icon={<Plus className="size-4" aria-hidden="true" />} onPress={() => setOpen('new')}>
      {t('clinic.newRoom')}
    </Button>
  );
  const columns: Column<Room>[] = [
    { head: t('clinic.room'), cell: ({ name }) => name },
    {
      head: t('clinic.state'),
      isPlain: true,
      cell: ({ isActive }) =>
        isActive ? (
          <Badge tone="ok" icon={<Check aria-hidden="true" />}>
            {t('clinic.open')}
          </Badge>
        ) : (
          <Badge icon={<CircleX aria-hidden="true" />}>{t('clinic.closed')}</Badge>
        ),
    },
    ...(may('updateRoom')
      ? [
          {
            head: t('clinic.edit'),
            isPlain: true,
            cell: (row: Room) => (
              <Button isSmall aria-label={t('clinic.editRoom', { name: row.name })} onPress={() => setOpen(row)}>
                {t('clinic.edit')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <ClinicTabs />
      <Page>
        <div className="max-s:px-4">
          <PageHead title={t('clinic.rooms')} count={list?.totalCount.toLocaleString(localeOf[language])}>
            {add}
          </PageHead>
        </div>
        <section aria-label={t('clinic.rooms')} className="rounded-3 border border-line bg-surface max-s:rounded-none max-s:border-x-0">
          {error && !list && <Failed error={error} onRetry={retry} />}
          {isLoading && <Loading />}
          {list?.nodes.length === 0 && <Empty title={t('clinic.noRooms')}>{add}</Empty>}
          {list && list.nodes.length > 0 && <Table label={t('clinic.rooms')} rows={list.nodes} keyOf={({ id }) => id} columns={columns} isStale={isStale} />}
          {list && <Pager info={list.pageInfo} onGo={setPage} />}
        </section>
        {open && <RoomForm {...(open !== 'new' && { room: open })} onClose={() => setOpen(null)} onDone={retry} />}
      </Page>
    </>
  );
}

function RoomForm({ room, onClose, onDone }: { room?: Room; onClose: () => void; onDone: () => void }) {
  const { t } = useI18n();
  const create = useApiMutation(CreateRoomDocument);
  const update = useApiMutation(UpdateRoomDocument);
  const form = useForm({
    initial: { name: room?.name ?? '', isActive: room?.isActive ?? true },
    labels: { name: 'clinic.name', isActive: 'clinic.state' },
    async send({ name, isActive }) {
      if (room) await update({ input: { roomId: room.id, expectedVersion: room.version, name: name.trim(), isActive } });
      else await create({ input: { name: name.trim() } });
      toast(t('clinic.saved'));
      onClose();
      onDone();
    },
  });
  return (
    <FormDialog
      title={room ? t('clinic.editRoom', { name: room.name }) : t('clinic.newRoom')}
      form={form}
      send={t(room ? 'clinic.save' : 'clinic.add')}
      onClose={onClose}
    >
      <TextField
        name="name"
        label={t('clinic.name')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        mistake={form.mistakes.name}
        isRequired
        autoFocus
      />
      {room && (
        <Checkbox isSelected={form.values.isActive} onChange={(isActive) => form.set('isActive', isActive)}>
          {t('clinic.open')}
        </Checkbox>
      )}
    </FormDialog>
  );
}
