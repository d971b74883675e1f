namespace Parley.Platform.Store;

/// <summary>Seconds after which a store that answers nothing counts as away.</summary>
/// <param name="Asked">A question whose answer somebody waits for, and the Desk's statements.</param>
/// <param name="Changing">What a request writes by itself.</param>
/// <param name="Working">The server's own work: it may take its time, and would fail in each round anew if it were given up early.</param>
public sealed record Patience(int Asked, int Changing, int Working)
{
    private static readonly AsyncLocal<bool> Somebody = new();

    /// <summary>Whether somebody waits for what is done here.</summary>
    public static bool Awaited => Somebody.Value;

    /// <summary>For the rest of the asynchronous method that says it, and all that it calls.</summary>
    public static void Await(bool awaited = true)
    {
        if (Somebody.Value != awaited)
        {
            Somebody.Value = awaited;
        }
    }
}
