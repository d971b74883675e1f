using System.Data.Common;
using System.Net.Sockets;
using Parley.Platform.Settings;
using Parley.Platform.Store;

namespace Parley.Server.Commands;

/// <summary>What the process ends with, and the one line that says why.</summary>
internal static class Exits
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>Used wrongly: a flag or a setting.</summary>
    public const int Usage = 2;

    /// <summary>The store refuses, and will until somebody mends it.</summary>
    public const int Store = 3;

    /// <summary>Another server has the folder or the address; later it may not.</summary>
    public const int Taken = 4;

    /// <summary>The store cannot be reached now; later it may be.</summary>
    public const int Away = 5;

    public static async Task<int> Run(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (SettingWrong error)
        {
            return Say(error.Message, Usage);
        }
        catch (StoreRefused error)
        {
            return Say(error.Message, error.Code == "folder.taken" ? Taken : Store);
        }
        catch (LocalRefused error)
        {
            return Say(error.Message, error.Exit);
        }
        catch (DbException error)
        {
            return Say($"The store cannot be used: {error.Message}", error.IsTransient ? Away : Store);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Say($"{error.Message.TrimEnd('.')}. End the program that listens there, or choose another address with --urls.", Taken);
        }
        catch (SocketException error)
        {
            // No address of this machine, or a port that only root may have.
            return Say($"No address can be listened on as server.urls says: {error.Message}.", Taken);
        }
        catch (IOException error)
        {
            return Say(error.Message, Failed);
        }
        catch (UnauthorizedAccessException error)
        {
            return Say(error.Message, Failed);
        }
    }

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine($"parley: {message.ReplaceLineEndings(" ")}");
        return code;
    }
}
