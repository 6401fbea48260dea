package seed

import (
	"math/rand/v2"

	"github.com/clinicql/clinicql/db"
)

// A condition is why somebody comes, and what the record of it says.
type condition struct {
	specialty    string
	reason       string
	code         string // ICD-10
	diagnosis    string
	prescription string
	notes        string
	sex          db.Sex // "" for all
	from, to     int    // ages
}

const icd10 = "http://hl7.org/fhir/sid/icd-10"

var conditions = []condition{
	{"Family medicine", "Blood pressure is high", "I10", "Essential hypertension", "Enalapril 10 mg, one tablet in the morning, 90 days", "Blood pressure 152/94 mmHg sitting. Home readings asked for.", "", 35, 120},
	{"Family medicine", "Diabetes control", "E11.9", "Type 2 diabetes mellitus without complications", "Metformin 850 mg, one tablet twice a day with food, 90 days", "HbA1c 7.4 %. Feet without findings.", "", 35, 120},
	{"Family medicine", "Cough and a runny nose", "J06.9", "Acute upper respiratory infection", "Paracetamol 500 mg when needed, at most four a day", "Throat red, lungs clear. No fever.", "", 0, 120},
	{"Family medicine", "Burning when passing water", "N39.0", "Urinary tract infection", "Nitrofurantoin 100 mg twice a day, 5 days", "Dipstick: leukocytes and nitrite positive.", db.Female, 16, 120},
	{"Family medicine", "Tiredness", "D50.9", "Iron deficiency anaemia", "Ferrous sulfate 325 mg once a day, 90 days", "Haemoglobin 104 g/l, ferritin 9 µg/l.", "", 14, 70},
	{"Family medicine", "Yearly examination", "Z00.0", "General medical examination", "", "No complaints. Weight and blood pressure normal.", "", 18, 120},
	{"Paediatrics", "Fever since yesterday", "J06.9", "Acute upper respiratory infection", "Ibuprofen syrup 100 mg/5 ml by weight, when needed", "Temperature 38.4 °C, drinks well, lungs clear.", "", 0, 17},
	{"Paediatrics", "Earache", "H66.9", "Otitis media", "Amoxicillin 50 mg/kg a day in two doses, 7 days", "Right eardrum red and bulging.", "", 0, 14},
	{"Paediatrics", "Diarrhoea", "A09", "Gastroenteritis of presumed infectious origin", "Oral rehydration solution after each stool", "No signs of dehydration.", "", 0, 17},
	{"Paediatrics", "Check-up and vaccination", "Z00.1", "Routine child health examination", "", "Growth along the 50th percentile. Vaccinated as scheduled.", "", 0, 17},
	{"Paediatrics", "Itching skin", "L20.9", "Atopic dermatitis", "Hydrocortisone cream 1 % thinly twice a day, 7 days", "Dry, red elbows and knees.", "", 0, 17},
	{"Internal medicine", "Heartburn", "K21.9", "Gastro-oesophageal reflux disease", "Omeprazole 20 mg before breakfast, 28 days", "Worse when lying down. No weight loss.", "", 18, 120},
	{"Internal medicine", "Results of blood tests", "E78.5", "Hyperlipidaemia", "Atorvastatin 20 mg in the evening, 90 days", "LDL 4.3 mmol/l.", "", 30, 120},
	{"Internal medicine", "Cough for a week", "J20.9", "Acute bronchitis", "Ambroxol 30 mg three times a day, 7 days", "Scattered rhonchi, no fever.", "", 18, 120},
	{"Internal medicine", "Swollen legs", "I50.9", "Heart failure", "Furosemide 40 mg in the morning, 30 days", "Pitting oedema to the knees. Weighs 4 kg more than in spring.", "", 55, 120},
	{"Cardiology", "Palpitations", "I48.9", "Atrial fibrillation", "Apixaban 5 mg twice a day, 90 days", "ECG: irregular, 96 a minute.", "", 50, 120},
	{"Cardiology", "Pressure in the chest on stairs", "I20.9", "Angina pectoris", "Bisoprolol 2.5 mg in the morning, 90 days", "Exercise test ordered.", "", 40, 120},
	{"Cardiology", "Blood pressure does not come down", "I10", "Essential hypertension", "Amlodipine 5 mg in the morning, 90 days", "24-hour measurement: mean 146/88 mmHg.", "", 18, 120},
	{"Gynaecology", "Pregnancy", "Z34.9", "Supervision of normal pregnancy", "Folic acid 400 µg once a day", "Ultrasound fits 18 weeks.", db.Female, 18, 45},
	{"Gynaecology", "Painful periods", "N94.6", "Dysmenorrhoea", "Naproxen 250 mg twice a day on painful days", "Examination without findings.", db.Female, 14, 50},
	{"Gynaecology", "Screening", "Z01.4", "Gynaecological examination", "", "Smear taken.", db.Female, 21, 120},
	{"Orthopaedics", "Pain in the lower back", "M54.5", "Low back pain", "Diclofenac gel 1 % three times a day, 14 days", "No loss of strength or feeling. Exercises shown.", "", 18, 120},
	{"Orthopaedics", "Knee hurts on stairs", "M17.9", "Osteoarthritis of the knee", "Paracetamol 1 g up to three times a day", "Movement 0-5-110 degrees. X-ray: narrowed on the inner side.", "", 45, 120},
	{"Orthopaedics", "Twisted ankle", "S93.4", "Sprain of the ankle", "Ibuprofen 400 mg up to three times a day, 5 days", "Swollen outside, no fracture on the X-ray.", "", 18, 70},
	{"Neurology", "Headache with nausea", "G43.9", "Migraine", "Sumatriptan 50 mg at the beginning of an attack", "Four attacks a month. Neurological examination normal.", "", 18, 70},
	{"Neurology", "Dizziness when turning in bed", "H81.1", "Benign paroxysmal vertigo", "", "Dix-Hallpike positive on the right. Manoeuvre done.", "", 30, 120},
	{"Neurology", "Sleeps badly", "G47.0", "Insomnia", "Melatonin 2 mg an hour before bed, 21 days", "Sleep diary handed out.", "", 18, 120},
	{"Dermatology", "Pimples", "L70.0", "Acne vulgaris", "Adapalene gel 0.1 % in the evening, 90 days", "Comedones and papules on the forehead.", "", 12, 35},
	{"Dermatology", "Rash", "L50.9", "Urticaria", "Cetirizine 10 mg in the evening, 14 days", "Wheals on trunk and arms, no swelling of the face.", "", 4, 120},
	{"Dermatology", "Itching between the toes", "B35.3", "Tinea pedis", "Terbinafine cream 1 % once a day, 14 days", "Macerated skin between the toes.", "", 12, 120},
	{"Endocrinology", "Gains weight, feels cold", "E03.9", "Hypothyroidism", "Levothyroxine 50 µg on an empty stomach, 90 days", "TSH 9.8 mIU/l.", "", 18, 120},
	{"Endocrinology", "Diabetes control", "E11.9", "Type 2 diabetes mellitus without complications", "Empagliflozin 10 mg in the morning, 90 days", "HbA1c 8.1 % under metformin.", "", 35, 120},
	{"Otorhinolaryngology", "Sore throat", "J03.9", "Acute tonsillitis", "Phenoxymethylpenicillin 500 mg four times a day, 7 days", "Tonsils coated, nodes tender.", "", 4, 60},
	{"Otorhinolaryngology", "Sneezes in spring", "J30.1", "Allergic rhinitis due to pollen", "Mometasone nasal spray once a day, 60 days", "Mucosa pale and swollen.", "", 6, 70},
	{"Gastroenterology", "Stomach ache", "K29.7", "Gastritis", "Pantoprazole 40 mg before breakfast, 28 days", "Helicobacter test ordered.", "", 18, 120},
	{"Gastroenterology", "Bloating", "K58.9", "Irritable bowel syndrome", "Mebeverine 200 mg twice a day, 28 days", "No alarm signs. Food diary handed out.", "", 18, 70},
	{"Ophthalmology", "Sees badly into the distance", "H52.1", "Myopia", "", "Right -2.25, left -1.75 dioptres. Glasses prescribed.", "", 6, 60},
	{"Ophthalmology", "Red eye", "H10.9", "Conjunctivitis", "Chloramphenicol eye drops every 4 hours, 5 days", "Discharge, cornea clear.", "", 4, 120},
	{"Urology", "Gets up at night", "N40", "Hyperplasia of the prostate", "Tamsulosin 0.4 mg in the evening, 90 days", "Residual urine 40 ml.", db.Male, 50, 120},
	{"Urology", "Pain in the flank", "N20.0", "Calculus of the kidney", "Diclofenac 75 mg when needed, 5 days", "Stone of 4 mm on the left.", db.Male, 18, 80},
	{"Psychiatry", "Worries a lot", "F41.1", "Generalised anxiety disorder", "Sertraline 50 mg in the morning, 30 days", "Sleep and appetite poor. No thoughts of suicide.", "", 18, 120},
	{"Psychiatry", "Low in mood", "F32.9", "Depressive episode", "Escitalopram 10 mg in the morning, 30 days", "Next visit in two weeks.", "", 18, 120},
	{"Pulmonology", "Short of breath", "J45.9", "Asthma", "Budesonide and formoterol 160/4.5 µg, one breath twice a day", "FEV1 74 %, after salbutamol 89 %.", "", 18, 120},
	{"Pulmonology", "Cough of a smoker", "J44.9", "Chronic obstructive pulmonary disease", "Tiotropium 18 µg, one breath a day", "FEV1 61 %. Advised to stop smoking.", "", 45, 120},
}

var conditionsOf = func() map[string][]*condition {
	by := map[string][]*condition{}
	for i := range conditions {
		by[conditions[i].specialty] = append(by[conditions[i].specialty], &conditions[i])
	}
	return by
}()

func (c *condition) fits(age int, sex db.Sex) bool {
	return age >= c.from && age <= c.to && (c.sex == "" || c.sex == sex)
}

// newCondition returns why the patient, the nth, comes to a specialist, as often
// as not for the same as before; nil when nothing is found that fits.
func newCondition(r *rand.Rand, specialty string, n, age int, sex db.Sex) *condition {
	all := conditionsOf[specialty]
	if usual := all[n%len(all)]; percent(r, 50) && usual.fits(age, sex) {
		return usual
	}
	for range 2 * len(all) {
		if c := pick(r, all); c.fits(age, sex) {
			return c
		}
	}
	return nil
}
