using System.Collections.Concurrent;

namespace Parley.Server.Demo;

/// <summary>Which of the customers are played by the demo itself. What they do ticks nothing off the list of things to try.</summary>
internal sealed class Simulated
{
    private readonly ConcurrentDictionary<ContactId, byte> _known = new();

    public void Add(ContactId contact) => _known[contact] = 0;

    public bool Has(ContactId contact) => _known.ContainsKey(contact);
}
