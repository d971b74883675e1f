using Microsoft.Extensions.Hosting;

namespace Parley.Platform.Hosting;

/// <summary>
/// The end of a server, told before it comes: from then on it says of itself that it should be given no work, sends its streams to the others and takes no
/// new ones, and does what it was asked. A server that just ends has told it in that moment.
/// </summary>
public sealed class Draining : IDisposable
{
    private readonly CancellationTokenSource _begun = new();
    private readonly CancellationTokenRegistration _stopping;

    public Draining(IHostApplicationLifetime lifetime) => _stopping = lifetime.ApplicationStopping.Register(Begin);

    public bool Begun => _begun.IsCancellationRequested;

    /// <summary>Told once, in the moment in which it begins.</summary>
    public void Listen(Action begun) => _begun.Token.Register(begun);

    public void Begin() => _begun.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        _begun.Dispose();
    }
}
