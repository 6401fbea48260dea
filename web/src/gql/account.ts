// Written by codegen.mjs from the schema and the .graphql files of src/features. Do not edit.
export const documents = {
  "AccountSignIn": "mutation AccountSignIn($input:SignInInput!){done:signIn(input:$input){viewer{displayName role}challenge{token}}}",
  "AccountVerifySecondFactor": "mutation AccountVerifySecondFactor($input:VerifySecondFactorInput!){done:verifySecondFactor(input:$input){viewer{displayName role}}}",
  "AccountSetUp": "mutation AccountSetUp($input:SetUpFirstAdministratorInput!){done:setUpFirstAdministrator(input:$input){viewer{displayName role}}}",
  "AccountUsePasswordLink": "mutation AccountUsePasswordLink($input:UsePasswordLinkInput!){done:usePasswordLink(input:$input){viewer{displayName role}challenge{token}}}",
  "AccountViewer": "query AccountViewer{viewer{id displayName role}}",
  "AccountSignOut": "mutation AccountSignOut{signOut{viewer{id}}}"
};
