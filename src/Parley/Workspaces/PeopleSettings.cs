using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Workspaces;

/// <summary>How agents sign in.</summary>
public sealed record PeopleSettings(
    [param: Description("Days after which a session that was not used ends."), Range(1, 400)] int SessionDays = 30,
    [param: Description("Wrong passwords for one account from one address until both must wait."), Range(1, 1000)] int TriesPerAccountAndAddress = 5,
    [param: Description("Wrong passwords for one account from anywhere until it must wait."), Range(1, 100_000)] int TriesPerAccount = 50,
    [param: Description("Wrong passwords from one address until it must wait."), Range(1, 100_000)] int TriesPerAddress = 100,
    [param: Description("Minutes to wait after too many wrong passwords, and within which they are counted."), Range(1, 1440)] int LockoutMinutes = 15,
    [param: Description("Rounds in which a password is hashed when it is set: more are slower to guess, and slower to sign in with."), Range(1_000, 10_000_000)] int HashRounds = 100_000);
