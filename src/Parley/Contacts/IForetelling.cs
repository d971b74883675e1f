using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>What whoever writes is told, to the letter, in the inbox's first language.</summary>
public sealed record Foretold(string Text, string Language);

/// <summary>Says beforehand what a customer who writes will be told. Whoever tells it knows.</summary>
public interface IForetelling
{
    /// <summary>Null where nothing is told: one is talked to, or cannot write.</summary>
    Foretold? Of(Roster roster, InboxSettings inbox, Reception found, DateTimeOffset at);
}
