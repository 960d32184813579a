export const usersKey = ['users'];
export const invitationsKey = ['invitations'];
export const deliveriesKey = ['deliveries'];
export const userTokensKey = (userId: string) => ['users', userId, 'tokens'];
