namespace Parley.Browser.Stage;

/// <summary>A Parley that serves: as it is handed on, or in this process with a clock that can be put forward.</summary>
public interface IServing : IAsyncDisposable
{
    /// <summary>What browsers call it.</summary>
    Uri Address { get; }

    /// <summary>What everybody else calls it: not every resolver knows the names of this machine.</summary>
    Uri Here => new($"http://127.0.0.1:{Address.Port}");

    TimeProvider Time { get; }

    /// <summary>A workspace of its own with its owner.</summary>
    Task Found(string name, string owner, string email, string password);
}
