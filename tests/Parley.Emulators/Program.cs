using System.Globalization;
using Parley.Emulators;

if (args is not ([] or ["--port", _]) || (args is ["--port", var given] && !int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
{
    Console.Error.WriteLine("usage: emulate [--port 5090]     plays the providers of channels, on this machine alone");
    return 2;
}

try
{
    await using var emulator = await Emulator.Start(args is ["--port", var port] ? int.Parse(port, CultureInfo.InvariantCulture) : 5090);
    foreach (var provider in emulator.Providers)
    {
        provider.TellsDelivered = true;
    }

    Console.WriteLine($"""

          The emulators listen on {emulator.Address}, where you play the customers.
          {string.Join("\n      ", emulator.Providers.Select(provider => $"{provider.Name}: its address is {new Uri(emulator.Address, $"/{provider.Kind}/hook")}"))}

          Channels call addresses of this machine where channels.allowLoopback is set, as in the demo.
          Ctrl+C ends it.

        """);
    await emulator.Ended(CancellationToken.None);
    return 0;
}
catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine($"{error.Message.TrimEnd('.')}. Choose another port with --port.");
    return 4;
}
