export const sessionsKey = ['sessions'];
export const tokensKey = ['tokens'];
