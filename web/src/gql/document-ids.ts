// Written by codegen.mjs from the schema and the .graphql files of src/features. Do not edit.
export const documentIds: Record<string, string> = {
  "Appointments": "sha256:438f1b7020a0801781ef387f659edb05670eaf594c2646f876a9dfc71296e805",
  "CreatePatient": "sha256:aee6ae51a71abb93ee59bf4432915da4a07d8c030137fa51e7623c8b055f441f",
  "MedicalRecords": "sha256:7bdd416354748b22f0a25e8aa7240e79873906412901445156bccec09ad47662",
  "Patient": "sha256:233eda588850fea64e92e1733ce7033a3e2787bdfa8bc9b31a0d9327f8113955",
  "PatientAlerts": "sha256:848ee074c4f033ec8cb674a4d350f96d1d99c2c363479b8cc70f118bf1fec952",
  "PatientAppointments": "sha256:85ac6ae516c0abd683af19549b08a967fea0d3a998f8e60f4ab84da6f9097c17",
  "PatientRecords": "sha256:171366dead19584fd71336503024c757c2225efbba73b634b098992721742468",
  "PatientTimeline": "sha256:a17925cae7e713e6fe2a5999a75088247e7b32cf44ff4530d0133a7e3f07dd73",
  "Patients": "sha256:80d21c496ee9982ea5071db0cf9a48eaea85331de683be999abbbbdab906a4f1",
  "PatientsById": "sha256:58fd030b370ede32f7cc1260c88a5f9983593230dc123770bd5546b9a7731744",
  "SearchPatients": "sha256:899d53ce05ed6df13b33d52df8a3b1fe2ccac9250769065aaac47bfc49c45d2d",
  "Session": "sha256:cf01c3b6f490b4d6f12aaf69bee53b7a00a49dac87c0201db0fd085f41e1c216",
  "SignIn": "sha256:adaa9798e077e54f0e1d324b7063fde226ed405f08c5e219e8bcbaa987532f71",
  "SignOut": "sha256:0c64e6ebfb661c14cc2aef9e633fcbd08237e2aa264c8d87cc08419bd748334f",
  "VerifySecondFactor": "sha256:18d070f4dc21f95943ce4e01fa595004105813a1da674820d35d477ee6ff2a00"
};
