using Microsoft.Extensions.Hosting;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>Says which visitors' streams must end because what they were opened under no longer holds.</summary>
internal sealed class Endings(Fanout fanout, Grants grants) : IHostedService
{
    private IDisposable? _listening;

    public Task StartAsync(CancellationToken cancel)
    {
        _listening = fanout.Listen(Hear);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel)
    {
        _listening?.Dispose();
        return Task.CompletedTask;
    }

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Subject.Kind != Contact.Kind)
            {
                continue;
            }

            var contact = new ContactId(entry.Subject.Id);
            switch (entry.Body)
            {
                case GenerationRaised raised:
                    grants.End(committed.Workspace, who => who is VisitorPrincipal visitor && Is(visitor, contact) && (raised.Device is null || raised.Device == visitor.Device));
                    break;
                case ContactJoined or ContactErased or ContactBlocked or ContactUnblocked:
                    grants.End(committed.Workspace, who => who is VisitorPrincipal visitor && Is(visitor, contact));
                    break;
                case LinksEnded ended:
                    grants.End(committed.Workspace, who => who is VisitorPrincipal { Only: { } only } && only == ended.Thread);
                    break;
                case ContactTaken:
                    // The person has more threads now: streams begin anew and know them.
                    grants.End(committed.Workspace, who => who is VisitorPrincipal visitor && visitor.Person == contact);
                    break;
            }
        }
    }

    private static bool Is(VisitorPrincipal visitor, ContactId contact) => visitor.Visitor == contact || visitor.Person == contact;
}
