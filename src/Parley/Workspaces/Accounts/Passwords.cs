using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Parley.Log;
using Parley.Platform.Web;

namespace Parley.Workspaces.Accounts;

/// <summary>Makes and checks the hashes of passwords. A password has at least 10 characters; there is no other rule.</summary>
public sealed class Passwords : IDisposable
{
    public const int Least = 10;

    /// <summary>A limit, so that nobody has megabytes hashed.</summary>
    public const int Most = 512;

    /// <summary>So many may wait for their turn: who comes after them would wait longer than anybody listens.</summary>
    private const int MostWaiting = 50;

    private static readonly Problem Busy = new("auth.busy", "Very many are signing in at this moment. Try again shortly.", 503) { RetryAfter = 5 };

    // Hashing is made to be slow: without a limit a storm of sign-ins would take all processors from the conversations.
    private readonly SemaphoreSlim _two = new(2);
    private int _inTurn;
    private readonly PasswordHasher<Passwords> _hasher;
    private readonly Lazy<string> _nobody;

    public Passwords(PeopleSettings settings)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.HashRounds }));
        _nobody = new(() => _hasher.HashPassword(this, "the password of nobody"));
    }

    public static Refusal? Flaw(string password) => password.Length switch
    {
        < Least => new("password.short", $"A password has at least {Least} characters.", 400),
        > Most => new("password.long", $"A password has at most {Most} characters.", 400),
        _ => null,
    };

    public Task<string> Hash(string password) => InTurn(() => _hasher.HashPassword(this, password));

    /// <summary>True if the password is the one of the hash. With null (no such account) it takes as long, and is never true: the time must not tell who has an account.</summary>
    public Task<bool> Fits(string? hash, string password) => InTurn(() =>
        password.Length <= Most && _hasher.VerifyHashedPassword(this, hash ?? _nobody.Value, password) != PasswordVerificationResult.Failed && hash is not null);

    public void Dispose() => _two.Dispose();

    private async Task<T> InTurn<T>(Func<T> hashing)
    {
        try
        {
            if (Interlocked.Increment(ref _inTurn) > MostWaiting)
            {
                throw new ProblemException(Busy);
            }

            await _two.WaitAsync();
            try
            {
                return await Task.Run(hashing);
            }
            finally
            {
                _two.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inTurn);
        }
    }
}
