export const usersKey = ['users'];
export const invitationsKey = ['invitations'];
export const deliveriesKey = ['deliveries'];
