"""A clinic's REST API as one writes it with Flask and the ORM of SQLAlchemy: what is nested is loaded for all rows of a page at once."""

import os
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, abort, jsonify, request
from sqlalchemy import ARRAY, Column, Date, DateTime, ForeignKey, String, create_engine, func, text, tuple_
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import declarative_base, joinedload, relationship, scoped_session, selectinload, sessionmaker

engine = create_engine(os.environ["DATABASE_URL"].replace("postgres://", "postgresql+psycopg2://"), pool_size=int(os.environ["POOL"]), max_overflow=0)
session = scoped_session(sessionmaker(engine))
Base = declarative_base()
app = Flask(__name__)
app.json.compact, app.json.sort_keys = True, False


def key(kind):
    return Column(UUID(as_uuid=False), primary_key=True, default=func.new_id(kind))


def reference(to):
    return Column(UUID(as_uuid=False), ForeignKey(to))


class Clinic(Base):
    __tablename__ = "clinics"
    id = Column(UUID(as_uuid=False), primary_key=True)
    time_zone = Column(String)


class Practitioner(Base):
    __tablename__ = "practitioners"
    id = key(2)
    family_name = Column(String)


class Patient(Base):
    __tablename__ = "patients"
    id = key(3)
    mrn = Column(String, server_default=text("next_mrn()"))
    given_name, family_name = Column(String), Column(String)
    birth_date, birth_date_precision = Column(Date), Column(String)
    sex, phone, email = Column(String), Column(String), Column(String)
    family_key, given_key, search_words = Column(String), Column(String), Column(ARRAY(String))
    created_at, updated_at = Column(DateTime(True), server_default=text("now()")), Column(DateTime(True), server_default=text("now()"))
    appointments = relationship("Appointment", back_populates="patient", order_by="desc(Appointment.starts_at), desc(Appointment.id)")
    medical_records = relationship("MedicalRecord", back_populates="patient", order_by="desc(MedicalRecord.recorded_on), desc(MedicalRecord.id)")


class Appointment(Base):
    __tablename__ = "appointments"
    id = key(4)
    patient_id, practitioner_id = reference("patients.id"), reference("practitioners.id")
    starts_at, ends_at = Column(DateTime(True)), Column(DateTime(True))
    status, reason = Column(String), Column(String)
    patient = relationship("Patient", back_populates="appointments")
    practitioner = relationship("Practitioner")


class MedicalRecord(Base):
    __tablename__ = "medical_records"
    id = key(5)
    patient_id, practitioner_id = reference("patients.id"), reference("practitioners.id")
    recorded_on, status = Column(Date), Column(String)
    diagnosis, prescription, notes = Column(String), Column(String), Column(String)
    code, code_system = Column(String), Column(String)
    patient = relationship("Patient", back_populates="medical_records")
    practitioner = relationship("Practitioner")


by_name = (Patient.family_key, Patient.given_key, Patient.id)


def day(value):
    return value and value.isoformat()


def person(p):
    return {"id": p.id, "givenName": p.given_name, "familyName": p.family_name}


def patient_row(p):
    return {**person(p), "mrn": p.mrn, "birthDate": day(p.birth_date), "sex": p.sex, "phone": p.phone, "email": p.email}


def found_row(p):
    return {**person(p), "mrn": p.mrn, "birthDate": day(p.birth_date)}


def practitioner_row(d):
    return d and {"id": d.id, "familyName": d.family_name}


def visit_row(a, **more):
    return {"id": a.id, "startsAt": day(a.starts_at), "endsAt": day(a.ends_at), "status": a.status, "reason": a.reason, **more}


def record_row(r, **more):
    return {"id": r.id, "recordedOn": day(r.recorded_on), "diagnosis": r.diagnosis, **more}


def connection(rows, first, item, cursor):
    shown = rows[:first]
    return {"items": [item(row) for row in shown], "hasNextPage": len(rows) > first, "endCursor": cursor(shown[-1]) if shown else None}


def patient_cursor(p):
    return [p.family_key, p.given_key, p.id]


def page(*options):
    after = tuple_(*by_name) > tuple_(request.args["family"], request.args["given"], request.args["id"])
    return session.query(Patient).options(*options).filter(after).order_by(*by_name).limit(51).all()


@app.teardown_appcontext
def end(_):
    session.remove()


@app.get("/patients/<uuid:id>")
def patient(id):
    p = session.get(Patient, str(id)) or abort(404)
    return jsonify({**patient_row(p), "createdAt": day(p.created_at), "updatedAt": day(p.updated_at)})


@app.get("/patients")
def patients():
    return jsonify(connection(page(), 50, lambda p: {"cursor": patient_cursor(p), **patient_row(p)}, patient_cursor))


@app.get("/patients/nested")
def nested():
    def item(p):
        visits = connection(p.appointments, 5, lambda a: visit_row(a, practitioner=practitioner_row(a.practitioner)), lambda a: [day(a.starts_at), a.id])
        records = connection(
            p.medical_records, 5, lambda r: record_row(r, prescription=r.prescription, notes=r.notes), lambda r: [day(r.recorded_on), r.id]
        )
        return {"cursor": patient_cursor(p), **patient_row(p), "appointments": visits, "medicalRecords": records}

    rows = page(selectinload(Patient.appointments).joinedload(Appointment.practitioner), selectinload(Patient.medical_records))
    return jsonify(connection(rows, 50, item, patient_cursor))


@app.get("/practitioners/<uuid:id>/upcoming")
def upcoming(id):
    d = session.get(Practitioner, str(id)) or abort(404)
    visits = (
        session.query(Appointment)
        .options(joinedload(Appointment.patient))
        .filter(Appointment.practitioner_id == d.id, Appointment.starts_at >= request.args["now"])
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(21)
        .all()
    )
    shown = connection(visits, 20, lambda a: visit_row(a, patient={**person(a.patient), "mrn": a.patient.mrn}), lambda a: [day(a.starts_at), a.id])
    return jsonify({**practitioner_row(d), "appointments": shown})


@app.get("/practitioners/<uuid:id>/charts")
def charts(id):
    d = session.get(Practitioner, str(id)) or abort(404)
    visits = (
        session.query(Appointment)
        .options(joinedload(Appointment.patient).selectinload(Patient.medical_records).joinedload(MedicalRecord.practitioner))
        .filter(Appointment.practitioner_id == d.id)
        .order_by(Appointment.starts_at.desc(), Appointment.id.desc())
        .limit(20)
        .all()
    )
    return jsonify(
        {
            **practitioner_row(d),
            "appointments": [
                {
                    "id": a.id,
                    "startsAt": day(a.starts_at),
                    "patient": {
                        **person(a.patient),
                        "medicalRecords": [record_row(r, practitioner=practitioner_row(r.practitioner)) for r in a.patient.medical_records[:3]],
                    },
                }
                for a in visits
            ],
        }
    )


zone = None


@app.get("/calendar")
def calendar():
    global zone
    zone = zone or ZoneInfo(session.query(Clinic.time_zone).scalar())
    start = datetime.combine(date.fromisoformat(request.args["date"]), time(), zone)
    ids = request.args["practitionerIds"].split(",")
    columns = {d.id: {"practitioner": practitioner_row(d), "appointments": []} for d in session.query(Practitioner).filter(Practitioner.id.in_(ids))}
    visits = (
        session.query(Appointment)
        .options(joinedload(Appointment.patient))
        .filter(Appointment.practitioner_id.in_(ids), Appointment.starts_at >= start, Appointment.starts_at < start + timedelta(days=1))
        .filter(Appointment.status.not_in(["CANCELLED", "ENTERED_IN_ERROR"]))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    for a in visits:
        columns[a.practitioner_id]["appointments"].append(visit_row(a, patient=person(a.patient)))
    return jsonify(list(columns.values()))


@app.get("/patients/prefix")
def prefix():
    q = request.args["q"]
    rows = session.query(Patient).filter(Patient.family_key >= q, Patient.family_key < q + "\U0010ffff").order_by(*by_name).limit(20)
    return jsonify([found_row(p) for p in rows])


@app.get("/patients/contains")
def contains():
    rows = session.query(Patient).filter(Patient.family_key.contains(request.args["q"])).order_by(*by_name).limit(20)
    return jsonify([found_row(p) for p in rows])


def added(row):
    session.add(row)
    session.commit()
    return row


@app.post("/patients")
def create():
    sent = request.get_json()
    family, given = sent["familyName"].lower(), sent["givenName"].lower()
    p = added(
        Patient(
            given_name=sent["givenName"], family_name=sent["familyName"], birth_date=sent["birthDate"], birth_date_precision="DAY", sex=sent["sex"],
            phone=sent["phone"], family_key=family, given_key=given, search_words=[family, given],
        )
    )
    return jsonify({**person(p), "mrn": p.mrn}), 201


@app.post("/appointments")
def book():
    sent = request.get_json()
    a = added(
        Appointment(
            patient_id=sent["patientId"], practitioner_id=sent["practitionerId"], starts_at=sent["startsAt"], ends_at=sent["endsAt"],
            status="BOOKED", reason=sent["reason"],
        )
    )
    return jsonify(visit_row(a, patient=person(a.patient))), 201


@app.post("/medical-records")
def record():
    sent = request.get_json()
    r = added(
        MedicalRecord(
            patient_id=sent["patientId"], practitioner_id=sent["practitionerId"], recorded_on=sent["recordedOn"], status="DRAFT",
            diagnosis=sent["diagnosis"], code=sent["code"], code_system=sent["codeSystem"], notes=sent["notes"],
        )
    )
    return jsonify(record_row(r, patient=person(r.patient))), 201
