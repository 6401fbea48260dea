package graph_test

import "testing"

func TestPractitioner(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	got := c.ask(`mutation { createPractitioner(input: {prefix: "Dr.", givenName: "Nino", familyName: "Beridze", specialty: "Cardiology",
		identifiers: [{system: "http://hl7.org/fhir/sid/us-npi", value: "500"}]}) {
			practitioner { id displayName specialty isActive identifiers { value } version } practitionerEdge { node { displayName } } } }`, nil)
	id := got.text("createPractitioner.practitioner.id")
	delete(got.at("createPractitioner.practitioner").(map[string]any), "id")
	const want = `{"createPractitioner":{"practitioner":{"displayName":"Dr. Nino Beridze","identifiers":[{"value":"500"}],"isActive":true,"specialty":"Cardiology","version":1},` +
		`"practitionerEdge":{"node":{"displayName":"Dr. Nino Beridze"}}}}`
	if asJSON(got) != want {
		t.Errorf("got %s", asJSON(got))
	}
	vars := variables{"id": id}
	got = c.ask(`mutation($id: ID!) {
		updatePractitioner(input: {practitionerId: $id, expectedVersion: 1, specialty: null, identifiers: []}) { practitioner { specialty identifiers { value } } }
		deactivatePractitioner(input: {practitionerId: $id, expectedVersion: 2, reason: "retired"}) { practitioner { isActive deactivationReason } }
		reactivatePractitioner(input: {practitionerId: $id, expectedVersion: 3}) { practitioner { isActive deactivationReason version } } }`, vars)
	const wantSteps = `{"deactivatePractitioner":{"practitioner":{"deactivationReason":"retired","isActive":false}},` +
		`"reactivatePractitioner":{"practitioner":{"deactivationReason":null,"isActive":true,"version":4}},` +
		`"updatePractitioner":{"practitioner":{"identifiers":[],"specialty":null}}}`
	if asJSON(got) != wantSteps {
		t.Errorf("got %s", asJSON(got))
	}
	newPractitioner(t, c.db, "Abashidze")
	list := c.ask(`{ practitioners(where: {isActive: true}) { totalCount nodes { familyName } } none: practitionerBy(by: {identifier: {system: "http://hl7.org/fhir/sid/us-npi", value: "500"}}) { id } }`, nil)
	if want := `{"none":null,"practitioners":{"nodes":[{"familyName":"Abashidze"},{"familyName":"Beridze"}],"totalCount":2}}`; asJSON(list) != want {
		t.Errorf("got %s", asJSON(list))
	}
}
